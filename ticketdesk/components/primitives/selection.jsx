import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { BulkDelete, BulkReply } from "$/ticketdesk/bulk_dialogs";
import { Picker } from "$/ticketdesk/picker";
import { Icon } from "$/ticketdesk/glyphs";
import { openMerge } from "$/ticketdesk/merging";
import { Marked } from "$/ticketdesk/search";
import { ticksOf, useEscape } from "$/ticketdesk/ticks";

const MERGED_AT_MOST = 50;

const ticks = ticksOf("select", (box) => ({ number: box.dataset.number, subject: box.dataset.subject }));

const ordered = (words) => new URLSearchParams([...new URLSearchParams(words)].filter(([, value]) => value).sort()).toString();

// The rows stay until those of the new filters are there; that they are not those yet is said.
export function RowList({ shown, children }) {
  const { search } = useLocation();
  return (
    <ul className="rows" aria-label="Tickets" aria-busy={ordered(search) !== ordered(shown)}>
      {children}
    </ul>
  );
}

// Hands the list's filters on by the address, so that the ticket knows its neighbours and the way back.
export function RowLink({ number, subject }) {
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  query.delete("after");
  const words = query.toString();
  return (
    <Link to={`/app/tickets/${number}${words ? `?${words}` : ""}`} className="row-subject" data-row-link="">
      <Marked text={subject} />
    </Link>
  );
}

export function RowCheck({ ticket, number, subject }) {
  const on = ticks.useTicked().has(ticket);
  return (
    <label className="row-check">
      <input
        type="checkbox"
        aria-label={`Select ticket ${number}`}
        checked={on}
        data-select={ticket}
        data-number={number}
        data-subject={subject}
        onChange={ticks.onTick}
      />
    </label>
  );
}

// The bar has gone with the focus: it returns to the row one was at.
const backToRow = () => {
  if (document.activeElement !== document.body) return;
  const row = document.querySelector(`input[data-select="${CSS.escape(ticks.anchor())}"]`)?.closest("[data-row]");
  row?.querySelector("a[data-row-link]")?.focus({ preventScroll: true });
};

// Opens the ticket of a row with the composer ready; the screen draws it when it is there.
const openWriting = (row, key) => {
  const wanted = `[role=tab][data-key="${key}"]`;
  const watcher = new MutationObserver(() => {
    const tab = document.querySelector(wanted);
    if (!tab || !document.querySelector(".composer [contenteditable=true], .composer textarea")) return;
    watcher.disconnect();
    tab.click();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watcher.disconnect(), 8000);
  row.querySelector("a[data-row-link]").click();
};

// A key for what is done with tickets, pressed on a row while nothing is ticked, means that row.
const pressInList = (event, busy) => {
  if (busy || ticks.size() || event.ctrlKey || event.metaKey || event.altKey || !"aisptrn#".includes(event.key)) return;
  const row = event.target.closest?.("[data-row]");
  const box = row?.querySelector("input[data-select]");
  if (!box || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "r" || event.key === "n") return openWriting(row, event.key);
  ticks.tick(box, true, false);
  const { key } = event;
  requestAnimationFrame(() => document.querySelector(`.bulk [data-key="${CSS.escape(key)}"]`)?.click());
};

export function BulkBar({
  people = [],
  statuses = [],
  priorities = [],
  categories = [],
  tags = [],
  matching = "",
  done = 0,
  total = 0,
  applied = 0,
  begun = 0,
  problem = "",
  role = "",
  onApply,
  onReply,
  onDelete,
  onTick,
}) {
  const chosen = ticks.useTicked();
  const [everything, setEverything] = useState(false);
  const [picks, setPicks] = useState(0);
  const { search } = useLocation();
  const ended = useRef(applied);
  const busy = total > 0;
  const ids = [...chosen.keys()];

  const clear = () => {
    setEverything(false);
    ticks.clear();
  };
  useEffect(() => clear, [search]);
  useEffect(() => {
    if (applied !== ended.current) {
      clear();
      requestAnimationFrame(backToRow);
    }
    ended.current = applied;
  }, [applied]);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => onTick?.(), 700);
    return () => clearInterval(timer);
  }, [busy]);
  useEscape(clear);
  useEffect(() => {
    const press = (event) => pressInList(event, busy);
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, [busy]);

  if (chosen.size === 0 && !busy) return null;
  const apply = (field) => (value) => {
    setPicks(picks + 1);
    onApply?.(meant, everything, field, value);
  };
  const pick = (label, word, field, options, more = {}) => (
    <Picker key={`${field}${picks}`} look="in-bar" label={label} options={options} onPick={apply(field)} prompt={`${label}…`} {...more}>
      {word}
    </Picker>
  );
  const what = everything ? `all ${matching}` : ids.length === 1 ? "1 ticket" : `${ids.length.toLocaleString()} tickets`;
  const meant = everything ? [] : ids;
  const targets = [...chosen].map(([id, facts]) => ({ id, ...facts }));
  const more = !everything && (matching.endsWith("+") || Number(matching.replace(/\D/g, "")) > chosen.size);
  return (
    <div className="bulk" role="region" aria-label="Selected tickets">
      {busy ? (
        <>
          <progress max={total} value={done} aria-label="Changing tickets" />
          <span className="number" role="status">
            {done.toLocaleString()} of {total.toLocaleString()}
          </span>
        </>
      ) : (
        <>
          <span className="bulk-count" role="status">
            {everything ? `All ${matching}` : `${chosen.size.toLocaleString()} selected`}
          </span>
          {more && (
            <button type="button" className="button quiet" onClick={() => setEverything(true)}>
              Select all {matching}
            </button>
          )}
          <button type="button" className="button in-bar" data-key="r" onClick={() => document.getElementById("bulk-reply").showModal()}>
            Reply
          </button>
          {pick("Assign to", "Assign", "assignee", people, { shortcut: "a" })}
          {pick("Set status", "Status", "status", statuses, { shortcut: "s" })}
          {pick("Set priority", "Priority", "priority", priorities, { shortcut: "p" })}
          {pick("Set category", "Category", "category", categories)}
          {pick("Add tag", "Add tag", "tag", tags, { creatable: true, shortcut: "t" })}
          {pick("Remove tag", "Remove tag", "untag", tags)}
          {!everything && ids.length <= MERGED_AT_MOST && (
            <button type="button" className="button in-bar" onClick={() => openMerge(targets)}>
              Merge
            </button>
          )}
          {role === "ADMIN" && (
            <button type="button" className="button in-bar" data-key="#" onClick={() => document.getElementById("bulk-delete").showModal()}>
              Delete
            </button>
          )}
          <button type="button" className="visually-hidden" tabIndex={-1} aria-hidden="true" data-key="i" onClick={() => apply("assignee")("me")}>
            Assign to me
          </button>
          <BulkReply what={what} problem={problem} begun={begun} onReply={(text) => onReply?.(meant, everything, text)} />
          <BulkDelete what={what} onDelete={() => onDelete?.(meant, everything)} />
          <button type="button" className="button quiet icon-only" aria-label="Clear selection" onClick={clear}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}
