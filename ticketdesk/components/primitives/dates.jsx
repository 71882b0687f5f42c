import { useSyncExternalStore } from "react";

// The language of dates that the account prefers; undefined leaves it to the browser.
let language;
const listeners = new Set();
const formats = new Map();

export const speakDates = (wanted) => {
  if ((wanted || undefined) === language) return;
  language = wanted || undefined;
  for (const listener of listeners) listener();
};

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const formatOf = (options) => {
  const key = JSON.stringify([language, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, options));
  return formats.get(key);
};

// Writes dates in the preferred language, and again when the preference changes.
export const useDates = () => {
  useSyncExternalStore(subscribe, () => language, () => undefined);
  return (moment, options) => formatOf(options).format(moment);
};

const DAY = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };

// A day of the calendar, whatever the viewer's zone.
export function Day({ date }) {
  const spell = useDates();
  return <time dateTime={date}>{spell(new Date(`${date}T00:00:00Z`), DAY)}</time>;
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

// A sentence of the server. Its moments stand there as <2026-11-23T10:00>, its days as <2026-11-23>:
// wall clock times, which are the same in whatever zone the viewer is.
export function Dated({ words = "" }) {
  const spell = useDates();
  return words.split(/<(\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?)>/).map((part, place) => {
    if (place % 2 === 0) return part;
    const hasTime = part.includes("T");
    const moment = new Date(hasTime ? `${part}Z` : `${part}T00:00:00Z`);
    return (
      <time key={place} dateTime={part}>
        {spell(moment, hasTime ? { ...DAY, ...TIME } : DAY)}
      </time>
    );
  });
}
