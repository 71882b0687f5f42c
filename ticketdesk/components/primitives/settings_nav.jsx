import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { Icon } from "$/ticketdesk/glyphs";
import { Link } from "$/ticketdesk/shell";

// Every page of settings; typing narrows the list by label and by what one might call it.
export function SettingsNav({ groups = [], role = "" }) {
  const [typed, setTyped] = useState("");
  const nav = useRef();
  const { pathname } = useLocation();
  const here = pathname.replace(/\/$/, "").replace(/\/settings$/, "/settings/profile");
  const wanted = typed.trim().toLowerCase();
  const fits = (item) =>
    (role === "ADMIN" || !item.admin) && `${item.label} ${item.words}`.toLowerCase().includes(wanted);
  const shown = groups
    .map((group) => ({ ...group, items: group.items.filter(fits) }))
    .filter((group) => group.items.length > 0);
  // On a phone the list is one line that scrolls: where one is stands in it from the beginning.
  useEffect(() => {
    const show = () => {
      const current = nav.current?.querySelector("[aria-current=page]");
      if (!current) return;
      const [list, link] = [nav.current.getBoundingClientRect(), current.getBoundingClientRect()];
      nav.current.scrollLeft += link.left - list.left - (list.width - link.width) / 2;
      if (link.bottom > list.bottom) nav.current.scrollTop += link.bottom - list.bottom + link.height;
    };
    const resized = new ResizeObserver(show);
    resized.observe(nav.current);
    return () => resized.disconnect();
  }, [here, role]);
  return (
    <nav ref={nav} className="settings-nav" aria-label="Settings">
      <label className="search settings-search">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Search settings"
          placeholder="Search settings"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {shown.map((group) => (
        <div className="settings-group" key={group.name} role="group" aria-label={group.name}>
          <span className="settings-group-name" aria-hidden="true">
            {group.name}
          </span>
          {group.items.map((item) => (
            <Link
              key={item.to}
              to={item.to}
              className="settings-link"
              aria-current={here === item.to ? "page" : undefined}
            >
              {item.label}
            </Link>
          ))}
        </div>
      ))}
      {shown.length === 0 && <p className="field-hint">No setting is called that.</p>}
    </nav>
  );
}

export function Secret({ value, label }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(setCopied, 2000, false);
  };
  return (
    <div className="secret">
      <code aria-label={label} tabIndex={0}>
        {value}
      </code>
      <button type="button" className="button" onClick={copy}>
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

export function Drawing({ svg, alt }) {
  return <img className="drawing" alt={alt} src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`} />;
}
