import { useContext, useEffect, useRef, useState } from "react";
import { ColorModeContext } from "$/utils/context-registry";
import { speakDates } from "$/ticketdesk/dates";

// `components/first_look.py` reads both before the first paint.
const PLACE = "own-look";
const COOKIE = "ticketdesk_look";
const stored = () => {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
};

const wear = ({ density, dateLanguage }) => {
  document.documentElement.dataset.density = density ?? "comfortable";
  speakDates(dateLanguage);
};

// Before anything is drawn: what this browser knows of its user's taste, so that nothing jumps later.
if (typeof document !== "undefined") wear(stored());

// The look that the account has, on every device: taken over where it differs from what is kept here.
export function OwnLook({ look = {}, unread = 0 }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const before = useRef(unread);
  const named = JSON.stringify(look);
  useEffect(() => {
    if (!look.theme) return;
    const changed = stored().theme !== look.theme;
    localStorage.setItem(PLACE, named);
    const said = [look.theme, look.density, look.dateLanguage].join(".");
    document.cookie = `${COOKIE}=${said}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    wear(look);
    // Somebody may switch for this browser alone; only a new choice in the preferences overrules it.
    if (changed && rawColorMode !== look.theme) setColorMode(look.theme);
  }, [named]);
  useEffect(() => {
    const more = unread > before.current;
    before.current = unread;
    if (!more || !look.browserNotifications || !document.hidden) return;
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const words = unread === 1 ? "1 unread notification" : `${unread} unread notifications`;
    const shown = new Notification("TicketDesk", { body: words, tag: "ticketdesk" });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  }, [unread]);
  return null;
}

const WORDS = {
  granted: "This browser may show notifications.",
  denied: "This browser refuses notifications; allow them in its settings for this site.",
  unsupported: "This browser has no notifications.",
};

// The browser asks only after a click on this.
export function AllowNotifications() {
  const [permission, setPermission] = useState("unsupported");
  useEffect(() => setPermission("Notification" in window ? Notification.permission : "unsupported"), []);
  if (permission !== "default")
    return (
      <p className="field-hint" role="status">
        {WORDS[permission]}
      </p>
    );
  return (
    <button type="button" className="button" onClick={() => Notification.requestPermission().then(setPermission)}>
      Allow notifications in this browser
    </button>
  );
}
