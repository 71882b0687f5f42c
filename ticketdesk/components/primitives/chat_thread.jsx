import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Bot } from "lucide-react";
import { useDates } from "$/ticketdesk/dates";
import { Icon } from "$/ticketdesk/glyphs";

const NEAR = 80;

// Stays at the end while one reads there, and keeps one's place when earlier messages come above.
export function ChatThread({ children, chat, first = "", latest = "", onSeen }) {
  const ref = useRef();
  const atEnd = useRef(true);
  const held = useRef({ first, height: 0 });
  const [below, setBelow] = useState(false);

  const toEnd = () => {
    ref.current.scrollTop = ref.current.scrollHeight;
    atEnd.current = true;
    setBelow(false);
  };
  const look = () => atEnd.current && !document.hidden && latest && onSeen?.();

  useLayoutEffect(() => {
    atEnd.current = true;
    setBelow(false);
  }, [chat]);
  useLayoutEffect(() => {
    const box = ref.current;
    if (held.current.first && first !== held.current.first && !atEnd.current)
      box.scrollTop += box.scrollHeight - held.current.height;
    else if (atEnd.current) box.scrollTop = box.scrollHeight;
    else setBelow(true);
    held.current = { first, height: box.scrollHeight };
  }, [chat, first, latest]);

  const known = useRef(latest);
  useEffect(() => {
    if (known.current && latest !== known.current) look();
    known.current = latest;
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [latest]);

  // Pictures and the composer change heights after the first drawing.
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      if (atEnd.current && ref.current) ref.current.scrollTop = ref.current.scrollHeight;
    });
    watcher.observe(ref.current);
    watcher.observe(ref.current.firstElementChild);
    return () => watcher.disconnect();
  }, []);

  return (
    <div className="chat-thread">
      <div
        ref={ref}
        className="timeline"
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        onScroll={(event) => {
          const box = event.currentTarget;
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
          held.current.height = box.scrollHeight;
          if (atEnd.current && below) {
            setBelow(false);
            look();
          }
        }}
      >
        <div className="chat-lines">{children}</div>
      </div>
      {below && (
        <button type="button" className="button chat-below" onClick={toEnd}>
          <Icon name="newest" />
          New messages
        </button>
      )}
    </div>
  );
}

const dayOf = (at) => new Date(at).toDateString();
const long = { weekday: "long", day: "numeric", month: "long" };

const spoken = (at, spell) => {
  const day = new Date(at);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) return "Today";
  today.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return "Yesterday";
  const year = day.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return spell(day, { ...long, ...year });
};

// A line with the date where a new day begins, by the viewer's own calendar.
export function ChatDay({ at, before = "" }) {
  const spell = useDates();
  if (before && dayOf(before) === dayOf(at)) return null;
  return (
    <p className="chat-day">
      <time dateTime={at}>{spoken(at, spell)}</time>
    </p>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit" };
const EXACT = { dateStyle: "full", timeStyle: "medium" };

export function ChatTime({ at }) {
  const spell = useDates();
  const then = new Date(at);
  return (
    <time dateTime={at} title={spell(then, EXACT)} className="number">
      {spell(then, CLOCK)}
    </time>
  );
}

export const BotMark = () => (
  <span className="avatar large bot-mark" aria-hidden="true">
    <Bot className="icon" strokeWidth={1.75} />
  </span>
);

const TYPING_LASTS = 7000;

// Somebody who says nothing more has stopped, whether we hear of it or not.
export function ChatTyping({ names = "", heard = 0 }) {
  const [fresh, setFresh] = useState(true);
  useEffect(() => {
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), TYPING_LASTS);
    return () => clearTimeout(timer);
  }, [heard]);
  return (
    <p className="chat-typing" role="status">
      {names && fresh ? `${names} is typing…` : ""}
    </p>
  );
}
