import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { Icon } from "$/ticketdesk/glyphs";
import { ticksOf, useEscape } from "$/ticketdesk/ticks";

const ticks = ticksOf("chat", (box) => box.dataset.title);

export function ChatCheck({ chat, title }) {
  const on = ticks.useTicked().has(chat);
  return (
    <label className="row-check">
      <input
        type="checkbox"
        aria-label={`Select chat ${title}`}
        checked={on}
        data-chat={chat}
        data-title={title}
        data-select={chat}
        onChange={ticks.onTick}
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
  const chosen = ticks.useTicked();
  const { search } = useLocation();
  const titles = useRef(new Map());
  const [asked, setAsked] = useState(false);
  const busy = asked || total > 0;

  useEffect(() => ticks.clear, [search]);
  useEscape(ticks.clear);
  useEffect(() => {
    if (!asked || total > 0 || results.length === 0) return;
    setAsked(false);
    ticks.clear();
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
          <button type="button" className="button quiet icon-only" aria-label="Clear selection" onClick={ticks.clear}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}
