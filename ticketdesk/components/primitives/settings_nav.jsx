import { useState } from "react";
import { useLocation } from "react-router";
import { Icon } from "$/ticketdesk/glyphs";
import { Link } from "$/ticketdesk/shell";

// Every page of settings; typing narrows the list by label and by what one might call it.
export function SettingsNav({ groups = [], role = "" }) {
  const [typed, setTyped] = useState("");
  const { pathname } = useLocation();
  const wanted = typed.trim().toLowerCase();
  const fits = (item) =>
    (role === "ADMIN" || !item.admin) && `${item.label} ${item.words}`.toLowerCase().includes(wanted);
  const shown = groups
    .map((group) => ({ ...group, items: group.items.filter(fits) }))
    .filter((group) => group.items.length > 0);
  return (
    <nav className="settings-nav" aria-label="Settings">
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
              aria-current={pathname.replace(/\/$/, "") === item.to ? "page" : undefined}
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
