import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Command, defaultFilter } from "cmdk";
import { Glyph } from "$/ticketdesk/glyphs";

// The server has found the tickets already; only places are filtered here.
const rank = (value, search, keywords) =>
  value.startsWith("ticket ") ? 0.9 : defaultFilter(value, search, keywords);

// What can be done on this screen: whatever has a key or says its name as a command.
const doable = () =>
  [...document.querySelectorAll("main [data-command], main [data-key]")]
    .filter((element) => !element.disabled && !element.matches("input, textarea, [data-key=c]"))
    .map((element) => ({
      element,
      label: element.dataset.command ?? element.getAttribute("aria-label") ?? element.textContent.trim(),
      key: element.dataset.key,
    }))
    .filter(({ label }, index, all) => label && all.findIndex((other) => other.label === label) === index);

export function Palette({ places, found = [], onSearch }) {
  const dialog = useRef();
  const timer = useRef();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [here, setHere] = useState([]);
  useEffect(() => {
    const look = () => {
      setOpen(dialog.current.open);
      if (dialog.current.open) setHere(doable());
    };
    dialog.current.addEventListener("toggle", look);
    return () => dialog.current?.removeEventListener("toggle", look);
  }, []);
  const close = () => dialog.current.close();
  const go = (to) => {
    close();
    navigate(to);
  };
  const type = (text) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch?.(text), 160);
  };
  return (
    <dialog
      ref={dialog}
      id="palette"
      className="dialog palette"
      aria-label="Commands"
      onClick={(event) => event.target === dialog.current && close()}
      onClose={() => typed && type("")}
    >
      {open && (
        <Command className="dialog-body" label="Commands" loop filter={rank}>
        <Command.Input className="palette-search" placeholder="Go to, find, or do…" value={typed} onValueChange={type} autoFocus />
        <Command.List className="options-list palette-list" label="Commands">
          <Command.Empty className="options-empty">Nothing found</Command.Empty>
          {found.length > 0 && typed && (
            <Command.Group heading="Tickets" className="palette-group">
              {found.map((ticket) => (
                <Command.Item
                  key={ticket.number}
                  className="option"
                  value={`ticket ${ticket.number} ${ticket.subject}`}
                  onSelect={() => go(`/app/tickets/${ticket.number}`)}
                >
                  <Glyph of={`status:${ticket.status}`} />
                  <span className="option-hint number">{ticket.number}</span>
                  <span className="option-label">{ticket.subject}</span>
                  <span className="option-hint">{ticket.requester}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {here.length > 0 && (
            <Command.Group heading="Here" className="palette-group">
              {here.map(({ element, label, key }) => (
                <Command.Item
                  key={label}
                  className="option"
                  value={`here ${label}`}
                  onSelect={() => {
                    close();
                    setTimeout(() => element.click(), 0);
                  }}
                >
                  <Glyph of="enter" />
                  <span className="option-label">{label}</span>
                  {key && <kbd>{key}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {places.map((group) => (
            <Command.Group key={group.name} heading={group.name} className="palette-group">
              {group.items.map((place) => (
                <Command.Item key={place.to} className="option" value={place.label} keywords={place.keywords} onSelect={() => go(place.to)}>
                  <Glyph of={place.icon} />
                  <span className="option-label">{place.label}</span>
                  {place.keys && place.keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
        </Command>
      )}
    </dialog>
  );
}
