import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "react-router";
import { Picker } from "$/ticketdesk/picker";
import { Icon } from "$/ticketdesk/glyphs";
import { openMerge } from "$/ticketdesk/merging";

const MERGED_AT_MOST = 50;

// Which tickets are ticked, by identifier: rows come, go and move, the ticks stay.
let ticked = new Map();
let anchor = "";
const listeners = new Set();
const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const replace = (next) => {
  ticked = next;
  for (const listener of listeners) listener();
};
const useTicked = () => useSyncExternalStore(subscribe, () => ticked, () => ticked);

const boxes = () => [...document.querySelectorAll("input[data-select]")];
const factsOf = (box) => ({ number: box.dataset.number, subject: box.dataset.subject });

const tick = (box, on, range) => {
  const all = boxes();
  const from = range ? all.findIndex((other) => other.dataset.select === anchor) : -1;
  const to = all.indexOf(box);
  const chosen = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = new Map(ticked);
  for (const one of chosen) {
    if (on) next.set(one.dataset.select, factsOf(one));
    else next.delete(one.dataset.select);
  }
  anchor = box.dataset.select;
  replace(next);
};

// Hands the list's filters on by the address, so that the ticket knows its neighbours and the way back.
export function RowLink({ number, subject }) {
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  query.delete("after");
  const words = query.toString();
  return (
    <Link to={`/app/tickets/${number}${words ? `?${words}` : ""}`} className="row-subject" data-row-link="">
      {subject}
    </Link>
  );
}

export function RowCheck({ ticket, number, subject }) {
  const on = useTicked().has(ticket);
  return (
    <label className="row-check">
      <input
        type="checkbox"
        aria-label={`Select ticket ${number}`}
        checked={on}
        data-select={ticket}
        data-number={number}
        data-subject={subject}
        onChange={(event) => tick(event.target, event.target.checked, event.nativeEvent.shiftKey)}
      />
    </label>
  );
}

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
  onApply,
  onTick,
}) {
  const chosen = useTicked();
  const [everything, setEverything] = useState(false);
  const [picks, setPicks] = useState(0);
  const { search } = useLocation();
  const ended = useRef(applied);
  const busy = total > 0;
  const ids = [...chosen.keys()];

  const clear = () => {
    setEverything(false);
    if (ticked.size) replace(new Map());
  };
  useEffect(() => clear, [search]);
  useEffect(() => {
    if (applied !== ended.current) clear();
    ended.current = applied;
  }, [applied]);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => onTick?.(), 700);
    return () => clearInterval(timer);
  }, [busy]);
  useEffect(() => {
    const press = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .pop")) clear();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  if (chosen.size === 0 && !busy) return null;
  const apply = (field) => (value) => {
    setPicks(picks + 1);
    onApply?.(everything ? [] : ids, everything, field, value);
  };
  const pick = (label, word, field, options, more = {}) => (
    <Picker key={`${field}${picks}`} look="in-bar" label={label} options={options} onPick={apply(field)} prompt={`${label}…`} {...more}>
      {word}
    </Picker>
  );
  const targets = [...chosen].map(([id, facts]) => ({ id, ...facts }));
  const all = !everything && boxes().every((box) => chosen.has(box.dataset.select));
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
          {all && (
            <button type="button" className="button quiet" onClick={() => setEverything(true)}>
              Select all {matching}
            </button>
          )}
          {pick("Assign to", "Assign", "assignee", people)}
          {pick("Set status", "Status", "status", statuses)}
          {pick("Set priority", "Priority", "priority", priorities)}
          {pick("Set category", "Category", "category", categories)}
          {pick("Add tag", "Add tag", "tag", tags, { creatable: true })}
          {!everything && ids.length <= MERGED_AT_MOST && (
            <button type="button" className="button in-bar" onClick={() => openMerge(targets)}>
              Merge
            </button>
          )}
          <button type="button" className="button quiet icon-only" aria-label="Clear selection" onClick={clear}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}
