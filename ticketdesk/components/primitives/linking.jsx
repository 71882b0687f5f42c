import { useEffect, useState } from "react";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";
import { TicketSearch } from "$/ticketdesk/ticket_search";

const KINDS = [
  ["RELATED", "Related"],
  ["PARENT", "Parent"],
  ["CHILD", "Child"],
  ["DUPLICATE", "Duplicate"],
];

export function LinkDialog({ ticket, found = [], problem = "", done = 0, onFind, onLink }) {
  const [kind, setKind] = useState("RELATED");
  const [other, setOther] = useState("");
  const [round, setRound] = useState(0);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const dialog = document.getElementById("link");
    const look = () => {
      setOpen(dialog.open);
      setOther("");
      setRound((before) => before + 1);
    };
    dialog.addEventListener("toggle", look);
    return () => dialog.removeEventListener("toggle", look);
  }, []);
  useEffect(() => {
    if (done) document.getElementById("link")?.close();
  }, [done]);
  return (
    <Dialog id="link" title="Link another ticket">
      <div className="dialog-form">
        {open && <TicketSearch key={round} ticket={ticket} label="Ticket to link" found={found} chosen={other} onFind={onFind} onChoose={setOther} />}
        <fieldset className="kinds">
          <legend className="label">What it is to this ticket</legend>
          {KINDS.map(([value, label]) => (
            <label key={value} className="check">
              <input type="radio" name="link-kind" value={value} checked={kind === value} onChange={() => setKind(value)} /> {label}
            </label>
          ))}
        </fieldset>
        {problem && (
          <p className="field-problem" role="alert">
            <Icon name="alert" /> {problem}
          </p>
        )}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={() => document.getElementById("link").close()}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={!other} onClick={() => onLink?.(other, kind)}>
            Link
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
