import { Children, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { Icon } from "$/ticketdesk/glyphs";

// Shows a ticket only under its own address: until that one is read, its outline, the first child,
// stands there.
export function AtTicket({ ticket, number, children }) {
  const [outline, ...rest] = Children.toArray(children);
  const named = useLocation().pathname.split("/").filter(Boolean).pop();
  return named === ticket || named === String(number) ? rest : outline;
}

// The heading of a ticket, changed where it stands. What was typed shows until the answer comes.
export function SubjectTitle({ subject, onChange }) {
  const [editing, setEditing] = useState(false);
  const [shown, setShown] = useState(subject);
  const field = useRef();
  const opener = useRef();
  useEffect(() => setShown(subject), [subject]);
  useEffect(() => {
    if (editing) field.current.select();
  }, [editing]);
  const stop = () => {
    setEditing(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const keep = () => {
    const text = field.current.value.trim();
    setEditing(false);
    if (!text || text === subject) return;
    setShown(text);
    onChange?.(text);
  };
  return (
    <>
      <h1 className={editing ? "visually-hidden" : ""}>{shown}</h1>
      {editing ? (
        <input
          ref={field}
          className="input subject-input"
          aria-label="Subject"
          defaultValue={shown}
          maxLength={300}
          autoFocus
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              keep();
              requestAnimationFrame(() => opener.current?.focus());
            }
            if (event.key === "Escape") stop();
            event.stopPropagation();
          }}
        />
      ) : (
        <button ref={opener} type="button" className="button quiet icon-only subject-edit" aria-label="Change the subject" onClick={() => setEditing(true)}>
          <Icon name="pencil" />
        </button>
      )}
    </>
  );
}
