import { useEffect, useState, useSyncExternalStore } from "react";
import { Ago } from "$/ticketdesk/clock";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";
import { TicketSearch } from "$/ticketdesk/ticket_search";

// Which tickets are to be merged: the ticked ones of the list, or the one on the screen.
let sources = [];
const listeners = new Set();
const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const openMerge = (tickets) => {
  sources = tickets;
  for (const listener of listeners) listener();
  document.getElementById("merge")?.showModal();
};

// A conversation as it would be, one line a message.
export function PreviewLines({ lines, earlier = 0, numbered = false }) {
  return (
    <ol className="preview-lines" tabIndex={0} aria-label="Preview">
      {earlier > 0 && <li className="preview-earlier">{earlier.toLocaleString()} earlier messages</li>}
      {lines.map((line) => (
        <li key={line.id} className={`preview-line ${line.kind}`}>
          <span className="preview-head">
            <strong>{line.author}</strong>
            {line.kind === "note" && <span className="badge note">Internal note</span>}
            {numbered && <span className="badge number">{line.number}</span>}
            <span className="spring" />
            <Ago at={line.at} wide />
          </span>
          <span className="preview-words">{line.words}</span>
        </li>
      ))}
    </ol>
  );
}

export function MergeDialog({ found = [], preview, problem = "", done = 0, onFind, onPreview, onMerge }) {
  const tickets = useSyncExternalStore(subscribe, () => sources, () => sources);
  const [target, setTarget] = useState("");
  const [round, setRound] = useState(0);
  const moved = tickets.filter((ticket) => String(ticket.number) !== target);
  const dialog = () => document.getElementById("merge");
  useEffect(() => {
    setTarget("");
    setRound((before) => before + 1);
  }, [tickets]);
  useEffect(() => {
    if (done) dialog()?.close();
  }, [done]);
  const choose = (number) => {
    setTarget(number);
    const rest = tickets.filter((ticket) => String(ticket.number) !== number);
    if (rest.length) onPreview?.(number, rest.map((ticket) => ticket.id));
  };
  const what = moved.length === 1 ? `${moved[0].number}` : `${moved.length} tickets`;
  return (
    <Dialog id="merge" title={tickets.length === 1 ? `Merge ${tickets[0].number} into…` : `Merge ${tickets.length} tickets into…`} look="wide">
      <div className="dialog-form">
        {tickets.length > 0 && (
          <TicketSearch
            key={round}
            ticket={tickets[0].id}
            label="Ticket to merge into"
            found={found}
            offered={tickets.length > 1 ? tickets : []}
            chosen={target}
            onFind={onFind}
            onChoose={choose}
          />
        )}
        {problem && (
          <p className="field-problem" role="alert">
            <Icon name="alert" /> {problem}
          </p>
        )}
        {target && preview?.title && !problem && (
          <section className="preview" aria-label="After merging">
            <h3>{preview.title}</h3>
            <PreviewLines lines={preview.lines} earlier={preview.earlier} numbered />
            {preview.copied.length > 0 && <p className="field-hint">From then on in copy: {preview.copied.join(", ")}</p>}
          </section>
        )}
        <footer className="dialog-foot">
          <span className="field-hint">{target && `${what} closes and points to ${target}. You can take it back.`}</span>
          <span className="spring" />
          <button type="button" className="button" onClick={() => dialog().close()}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!target || moved.length === 0 || Boolean(problem)}
            onClick={() => onMerge?.(target, moved.map((ticket) => ticket.id))}
          >
            Merge
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
