import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

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
