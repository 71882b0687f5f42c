import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "react-router";
import { Icon } from "$/ticketdesk/glyphs";

// Which chats are ticked, by identifier: lines come, go and move, the ticks stay.
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

const boxes = () => [...document.querySelectorAll("input[data-chat]")];

const tick = (box, on, range) => {
  const all = boxes();
  const from = range ? all.findIndex((other) => other.dataset.chat === anchor) : -1;
  const to = all.indexOf(box);
  const chosen = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = new Map(ticked);
  for (const one of chosen) {
    if (on) next.set(one.dataset.chat, one.dataset.title);
    else next.delete(one.dataset.chat);
  }
  anchor = box.dataset.chat;
  replace(next);
};

export function ChatCheck({ chat, title }) {
  const on = useTicked().has(chat);
  return (
    <label className="row-check">
      <input
        type="checkbox"
        aria-label={`Select chat ${title}`}
        checked={on}
        data-chat={chat}
        data-title={title}
        data-select={chat}
        onChange={(event) => tick(event.target, event.target.checked, event.nativeEvent.shiftKey)}
      />
    </label>
  );
}

const newClick = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function Results({ results, titles, onClose }) {
  const made = results.filter((one) => one.number && !one.problem).length;
  return (
    <div className="chat-results" role="region" aria-label="Tickets from chats">
      <header>
        <strong role="status">{made === 1 ? "1 ticket created" : `${made} tickets created`}</strong>
        <button type="button" className="button quiet icon-only" aria-label="Close the results" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <ul>
        {results.map(({ chat, number, problem }) => (
          <li key={chat}>
            <span className="chat-result-title">{titles.get(chat) ?? "A chat"}</span>
            {problem && <span className="chat-result-why">{problem}</span>}
            {number > 0 && (
              <Link to={`/app/tickets/${number}`} className="badge accent">
                <Icon name="ticket" />
                Ticket #{number} · View
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function ChatBulk({ done = 0, total = 0, most = 50, results = [], onCreate, onForget }) {
  const chosen = useTicked();
  const { search } = useLocation();
  const titles = useRef(new Map());
  const [asked, setAsked] = useState(false);
  const busy = asked || total > 0;

  const clear = () => ticked.size && replace(new Map());
  useEffect(() => clear, [search]);
  useEffect(() => {
    const press = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .pop")) clear();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  useEffect(() => {
    if (!asked || total > 0 || results.length === 0) return;
    setAsked(false);
    clear();
  }, [asked, total, results.length]);

  const create = () => {
    if (busy) return;
    titles.current = new Map(chosen);
    setAsked(true);
    onCreate?.([...chosen.keys()], newClick());
  };
  if (!busy && results.length > 0) return <Results results={results} titles={titles.current} onClose={() => onForget?.()} />;
  if (chosen.size === 0 && !busy) return null;
  return (
    <div className="bulk" role="region" aria-label="Selected chats">
      {busy ? (
        <>
          <progress max={total || chosen.size} value={done} aria-label="Creating tickets" />
          <span className="number" role="status">
            {done} of {total || chosen.size}
          </span>
        </>
      ) : (
        <>
          <span className="bulk-count" role="status">
            {chosen.size} selected
          </span>
          <button type="button" className="button in-bar" disabled={chosen.size > most} title={chosen.size > most ? `At most ${most} at once` : undefined} onClick={create}>
            <Icon name="ticket" />
            Create tickets
          </button>
          <button type="button" className="button quiet icon-only" aria-label="Clear selection" onClick={clear}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}
