import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { StatusIcon } from "$/ticketdesk/glyphs";
import { Ago } from "$/ticketdesk/clock";
import { Addresses } from "$/ticketdesk/copies";
import { valuesOf } from "$/ticketdesk/form";
import { Picker } from "$/ticketdesk/picker";

// Fills the form from a template; what is typed already goes along.
export function TemplatePicker({ templates = [], onUse }) {
  const place = useRef();
  if (templates.length === 0) return null;
  const use = (title) => onUse?.(title, valuesOf(place.current.closest("form")));
  return (
    <div ref={place} className="template-picker">
      <Picker look="field" label="Template" prompt="Choose a template…" placeholder="Begin with a template…" value="" options={templates} onPick={use} />
    </div>
  );
}

export function CopyField({ name, initial = [], problem = "" }) {
  const [value, setValue] = useState(initial);
  const place = useRef();
  const told = useRef(initial);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    place.current.querySelector("input[type=hidden]").dispatchEvent(new Event("input", { bubbles: true }));
  }, [value]);
  return (
    <div ref={place} className="field">
      <Addresses label="CC" name={name} value={value} onChange={setValue} problem={problem} />
    </div>
  );
}

const Lines = ({ title, rows, label }) =>
  rows.length > 0 && (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.number}>
            <Link to={`/app/tickets/${row.number}`} className="known-ticket">
              <StatusIcon status={row.status} named />
              <span className="number">{row.number}</span>
              <span className="known-subject">{row.subject}</span>
              <span className="known-hint">
                {label(row)}
                <Ago at={row.at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );

// What might make the new ticket needless.
export function KnownTickets({ recent = [], alike = [] }) {
  return (
    <div className="known" aria-live="polite">
      <Lines title="Maybe the same" rows={alike} label={(row) => <span>{row.requester}</span>} />
      <Lines title="Recent tickets of this person" rows={recent} label={() => null} />
    </div>
  );
}

// The form over whatever screen one is at.
export function OverDialog({ open, title, onClose, children }) {
  const box = useRef();
  useEffect(() => {
    if (open && !box.current.open) {
      box.current.showModal();
      // The browser's choice is the first button, which closes.
      box.current.querySelector("input:not([type=hidden])")?.focus();
    }
    if (!open && box.current.open) box.current.close();
  }, [open]);
  return (
    <dialog ref={box} className="dialog over-dialog" aria-label={title} onClose={() => open && onClose?.()}>
      {open && children}
    </dialog>
  );
}
