import { useEffect, useRef, useState } from "react";
import { Command } from "cmdk";
import { Glyph } from "$/ticketdesk/glyphs";

// Finds one ticket: by number or words on the server, and what resembles `ticket` before one types.
export function TicketSearch({ ticket, label, found = [], offered = [], chosen, onFind, onChoose }) {
  const [typed, setTyped] = useState("");
  const timer = useRef();
  useEffect(() => {
    onFind?.(ticket, "");
    return () => clearTimeout(timer.current);
  }, [ticket]);
  const type = (text) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onFind?.(ticket, text), 160);
  };
  const own = typed ? [] : offered;
  const rest = found.filter((one) => !own.some((other) => String(other.number) === String(one.number)));
  const item = (one) => (
    <Command.Item
      key={one.number}
      className={`option${String(one.number) === chosen ? " chosen" : ""}`}
      value={`ticket ${one.number}`}
      onSelect={() => onChoose(String(one.number))}
    >
      {one.status && <Glyph of={`status:${one.status}`} />}
      <span className="option-hint number">{one.number}</span>
      <span className="option-label">{one.subject}</span>
      <span className="option-hint">{one.requester}</span>
      {String(one.number) === chosen && <Glyph of="check" />}
    </Command.Item>
  );
  return (
    <Command className="ticket-search" label={label} loop shouldFilter={false}>
      <Command.Input className="input" placeholder="Number or words…" aria-label={label} value={typed} onValueChange={type} data-first="" autoFocus />
      <Command.List className="options-list" label="Tickets">
        <Command.Empty className="options-empty">{typed ? "No ticket found" : "Type a number or words"}</Command.Empty>
        {own.length > 0 && (
          <Command.Group heading="Selected" className="palette-group">
            {own.map(item)}
          </Command.Group>
        )}
        {rest.length > 0 && (
          <Command.Group heading={typed ? "Found" : "Similar"} className="palette-group">
            {rest.map(item)}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
