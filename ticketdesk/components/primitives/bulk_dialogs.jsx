import { useEffect, useRef, useState } from "react";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";

const VARIABLES = ["requester.first_name", "requester.name", "ticket.number", "ticket.subject", "agent.name", "agent.first_name", "organization.name"];
const close = (id) => document.getElementById(id)?.close();

// One reply to many: every variable is filled for each ticket.
export function BulkReply({ what, problem = "", begun = 0, onReply }) {
  const [text, setText] = useState("");
  const [flying, setFlying] = useState(false);
  const box = useRef();
  useEffect(() => {
    setFlying(false);
    if (!begun) return;
    setText("");
    close("bulk-reply");
  }, [begun]);
  useEffect(() => setFlying(false), [problem]);
  const insert = (name) => {
    const { selectionStart: from, selectionEnd: to } = box.current;
    const word = `{{${name}}}`;
    setText(text.slice(0, from) + word + text.slice(to));
    requestAnimationFrame(() => {
      box.current.focus();
      box.current.setSelectionRange(from + word.length, from + word.length);
    });
  };
  const send = () => {
    if (flying || !text.trim()) return;
    setFlying(true);
    setTimeout(setFlying, 4000, false);
    onReply?.(text);
  };
  return (
    <Dialog id="bulk-reply" title={`Reply to ${what}`} look="wide">
      <div className="dialog-form">
        <div className="field">
          <label htmlFor="bulk-reply-text">Each requester gets this reply, filled for their ticket</label>
          <textarea
            ref={box}
            id="bulk-reply-text"
            className="input"
            rows={7}
            data-first=""
            maxLength={20000}
            value={text}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "bulk-reply-problem" : undefined}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
            }}
          />
          {problem && (
            <span className="field-problem" id="bulk-reply-problem" role="alert">
              <Icon name="alert" /> {problem}
            </span>
          )}
        </div>
        <div className="bulk-variables" role="group" aria-label="Insert a variable">
          {VARIABLES.map((name) => (
            <button key={name} type="button" className="badge" onClick={() => insert(name)}>
              {name}
            </button>
          ))}
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={() => close("bulk-reply")}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={!text.trim()} aria-busy={flying || undefined} onClick={send}>
            Send to {what}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}

export function BulkDelete({ what, onDelete }) {
  return (
    <Dialog id="bulk-delete" title={`Delete ${what}?`}>
      <div className="dialog-form">
        <p>
          They leave every list, search and report, with their messages, files and history. For 30 days an admin can restore them in Settings, Deleted
          tickets; then they go for good.
        </p>
        <footer className="dialog-foot">
          <button type="button" className="button" data-first="" onClick={() => close("bulk-delete")}>
            Keep them
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              close("bulk-delete");
              onDelete?.();
            }}
          >
            Delete
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
