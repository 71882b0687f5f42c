import { useContext, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { ColorModeContext, EventLoopContext } from "$/utils/context-registry";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Avatar, Icon } from "$/ticketdesk/glyphs";

export { Link };

// A plain link: the router would leave the page for it.
export const SkipLink = () => (
  <a href="#content" className="skip-link">
    Skip to content
  </a>
);

// Which view an address shows: a saved one by its identifier, else a standing one by its word. A search
// without either looks at all tickets, which is none of them.
const standing = (params) => (params.get("q") && !params.get("status") ? "everything" : "open");
const shownView = (params) => params.get("saved") ?? (params.get("view") || standing(params));

const here = (location, to) => {
  const target = new URL(to, "http://x");
  if (["/app/settings", "/app/chats"].some((place) => target.pathname === place && location.pathname.startsWith(`${place}/`))) return true;
  if (location.pathname !== target.pathname) return false;
  return shownView(new URLSearchParams(location.search)) === shownView(target.searchParams);
};

// The shell is drawn before its address is known, so the mark comes with the first effect.
const useMounted = () => {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return mounted;
};

export function NavLink({ to, icon, label, count, capped = false, tone = "", shortcut }) {
  const location = useLocation();
  const current = useMounted() && here(location, to);
  const shown = typeof count === "number" && count > 0;
  return (
    <Link
      to={to}
      className={`nav-link${current ? " current" : ""}`}
      aria-current={current ? "page" : undefined}
      data-key={shortcut || undefined}
    >
      <Icon name={icon} />
      <span className="nav-label">{label}</span>
      {shown && (
        <span className={`nav-count number ${tone}`}>
          {count.toLocaleString()}
          {capped ? "+" : ""}
        </span>
      )}
    </Link>
  );
}

const THEMES = [
  ["system", "System", "monitor"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
];

export function UserMenu({ name, email }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const leave = () => {
    sessionStorage.clear();
    document.getElementById("sign-out").submit();
  };
  return (
    <>
      <form id="sign-out" method="post" action="/logout" hidden />
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button" className="user-button" aria-label={`Account: ${name}`}>
            <Avatar name={name} />
            <span className="user-name">{name}</span>
            <Icon name="down" />
          </button>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content className="pop menu" side="top" align="start" sideOffset={6} collisionPadding={8}>
            <Menu.Label className="menu-label">{email}</Menu.Label>
            <Menu.RadioGroup value={rawColorMode} onValueChange={setColorMode} aria-label="Theme">
              {THEMES.map(([value, label, icon]) => (
                <Menu.RadioItem key={value} value={value} className="option">
                  <Icon name={icon} />
                  <span className="option-label">{label}</span>
                  <Menu.ItemIndicator>
                    <Icon name="check" className="option-check" />
                  </Menu.ItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="option" asChild>
              <Link to="/app/settings/preferences">
                <Icon name="settings" />
                <span className="option-label">Preferences</span>
              </Link>
            </Menu.Item>
            <Menu.Item className="option" onSelect={() => document.getElementById("keys").showModal()}>
              <Icon name="keyboard" />
              <span className="option-label">Keyboard shortcuts</span>
              <kbd>?</kbd>
            </Menu.Item>
            <Menu.Item className="option" onSelect={leave}>
              <Icon name="signout" />
              <span className="option-label">Sign out</span>
            </Menu.Item>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}

// Says so when the server cannot be reached; what is typed stays, what is sent waits.
export function Connection() {
  const [, errors] = useContext(EventLoopContext);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  const away = offline || errors.length > 0;
  return (
    <div className={`connection${away ? " away" : ""}`} role="status">
      {away && (
        <>
          <Icon name="offline" /> Reconnecting… Nothing you typed is lost.
        </>
      )}
    </div>
  );
}

// What was there and is there no more was lost with the server's memory.
export function Revive({ alive, onLost }) {
  const before = useRef(alive);
  useEffect(() => {
    if (before.current && !alive) onLost?.();
    before.current = alive;
  }, [alive]);
  return null;
}

// A part of the screen that is a drawer where there is no room for it beside the rest. It is opened by
// any element with `data-drawer` of its name, and closed by choosing, by Escape and by the scrim.
export function Drawer({ children, label, name = "sidebar", landmark: Part = "nav" }) {
  const [open, setOpen] = useState(false);
  const location = useLocation();
  useEffect(() => setOpen(false), [location]);
  useEffect(() => {
    const toggle = (event) => {
      if (event.target.closest?.(`[data-drawer="${name}"]`)) setOpen((before) => !before);
    };
    const close = (event) => event.key === "Escape" && setOpen(false);
    document.addEventListener("click", toggle);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("click", toggle);
      document.removeEventListener("keydown", close);
    };
  }, [name]);
  return (
    <>
      {open && <div className={`scrim for-${name}`} onClick={() => setOpen(false)} />}
      <Part className={`${name}${open ? " open" : ""}`} aria-label={label}>
        {children}
      </Part>
    </>
  );
}
