import { useEffect, useState, useSyncExternalStore } from "react";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";
import { PreviewLines } from "$/ticketdesk/merging";

// Which messages are to go to a ticket of their own; null while nobody is splitting.
let chosen = null;
const listeners = new Set();
const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const choose = (next) => {
  chosen = next;
  for (const listener of listeners) listener();
};
const useChosen = () => useSyncExternalStore(subscribe, () => chosen, () => chosen);

export const startSplit = () => choose(new Set());

// Beside each message while one splits.
export function SplitCheck({ message, author }) {
  const on = useChosen();
  if (!on || !message.startsWith("resp_")) return null;
  const toggle = () => {
    const next = new Set(on);
    if (!next.delete(message)) next.add(message);
    choose(next);
  };
  return (
    <label className="split-check">
      <input type="checkbox" checked={on.has(message)} aria-label={`Choose the message of ${author}`} onChange={toggle} />
    </label>
  );
}

export function SplitBar({ ticket, subject = "", preview, problem = "", done = 0, onPreview, onSplit }) {
  const on = useChosen();
  const [name, setName] = useState(subject);
  const ids = on ? [...on] : [];
  const dialog = () => document.getElementById("split");
  useEffect(() => () => choose(null), [ticket]);
  useEffect(() => setName(subject), [subject, ticket]);
  useEffect(() => {
    if (!done) return;
    dialog()?.close();
    choose(null);
  }, [done]);
  useEffect(() => {
    if (!on) return undefined;
    const press = (event) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open], .pop")) choose(null);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on]);
  const look = () => {
    onPreview?.(ids);
    dialog().showModal();
  };
  return (
    <>
      {on && (
        <div className="split-bar" role="region" aria-label="Split messages">
          <span role="status">{ids.length === 0 ? "Choose the messages that belong elsewhere" : `${ids.length} chosen`}</span>
          <span className="spring" />
          <button type="button" className="button" onClick={() => choose(null)}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={ids.length === 0} onClick={look}>
            Split…
          </button>
        </div>
      )}
      <Dialog id="split" title="Split to a new ticket" look="wide">
        <form
          className="dialog-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onSplit?.(ids, name);
          }}
        >
          <div className="field">
            <label htmlFor="split-subject">Subject of the new ticket</label>
            <input
              id="split-subject"
              data-first=""
              className="input"
              maxLength={300}
              value={name}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? "split-problem" : undefined}
              onChange={(event) => setName(event.target.value)}
            />
            {problem && (
              <span className="field-problem" id="split-problem" role="alert">
                <Icon name="alert" /> {problem}
              </span>
            )}
          </div>
          <section className="preview" aria-label="In the new ticket">
            <h3>These move to the new ticket, which is linked to this one</h3>
            <PreviewLines lines={preview?.lines ?? []} />
          </section>
          <footer className="dialog-foot">
            <button type="button" className="button" onClick={() => dialog().close()}>
              Back
            </button>
            <button type="submit" className="button primary">
              Split
            </button>
          </footer>
        </form>
      </Dialog>
    </>
  );
}
