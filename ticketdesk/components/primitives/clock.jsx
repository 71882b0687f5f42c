import { useSyncExternalStore } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { useDates } from "$/ticketdesk/dates";

// One timer for all clocks on the page, stopped while nobody looks.
let now = Date.now();
let timer;
const listeners = new Set();
const tick = () => {
  now = Date.now();
  listeners.forEach((listener) => listener());
};
const subscribe = (listener) => {
  listeners.add(listener);
  timer ??= setInterval(() => document.hidden || tick(), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

// Re-renders only when `shape` of the present moment reads differently.
const useReading = (shape) => useSyncExternalStore(subscribe, () => shape(now), () => "");

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const short = (seconds) => {
  if (seconds < MINUTE) return "now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < 14 * DAY) return `${Math.floor(seconds / DAY)}d`;
  if (seconds < 70 * DAY) return `${Math.floor(seconds / (7 * DAY))}w`;
  return `${Math.floor(seconds / (30 * DAY))}mo`;
};

const long = (seconds) => {
  const text = short(seconds);
  return text === "now" ? "just now" : `${text} ago`;
};

const EXACT = { dateStyle: "full", timeStyle: "short" };

export function Ago({ at, wide = false }) {
  const then = Date.parse(at);
  const spell = useDates();
  const reading = useReading((moment) => {
    if (!at) return "";
    const seconds = Math.max(0, (moment - then) / 1000);
    return wide ? long(seconds) : short(seconds);
  });
  return at ? (
    <time dateTime={at} title={spell(then, EXACT)} className="number">
      {reading}
    </time>
  ) : null;
}

const left = (seconds) => {
  const rest = Math.abs(seconds);
  if (rest < HOUR) {
    const minutes = Math.floor(rest / MINUTE);
    return `${minutes}:${String(Math.floor(rest % MINUTE)).padStart(2, "0")}`;
  }
  if (rest < DAY) return `${Math.floor(rest / HOUR)}h ${Math.floor((rest % HOUR) / MINUTE)}m`;
  return `${Math.floor(rest / DAY)}d ${Math.floor((rest % DAY) / HOUR)}h`;
};

// The time left until a target; it counts on its own and turns when the moment has passed.
export function Countdown({ due, state, label = "" }) {
  const then = Date.parse(due);
  const spell = useDates();
  const reading = useReading((moment) => {
    if (!due) return "";
    const seconds = (then - moment) / 1000;
    return (seconds < 0 ? "-" : "+") + left(seconds);
  });
  if (state === "paused") {
    return (
      <span className="countdown paused" title={`${label} paused`}>
        <Icon name="pause" /> Paused
      </span>
    );
  }
  if (!due || state === "met") return null;
  const late = reading.startsWith("-");
  const tone = late || state === "breached" ? "late" : state === "due_soon" ? "soon" : "fine";
  const words = `${label} ${late ? "was due" : "due"} ${spell(then, EXACT)}`.trim();
  return (
    <span className={`countdown number ${tone}`} title={words}>
      {tone === "late" && <Icon name="flame" />}
      {tone === "soon" && <Icon name="alarm" />}
      <span className="visually-hidden">{late ? "overdue by " : "due in "}</span>
      {late ? `−${reading.slice(1)}` : reading.slice(1)}
    </span>
  );
}
