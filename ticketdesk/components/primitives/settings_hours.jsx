import { useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Choice, Kept, Line, Problem, Tick } from "$/ticketdesk/settings_parts";

const DAYS = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};
const OFFICE = [["09:00", "17:00"]];
const WEEK = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
const PATH = "slaConfig.businessHours";

// A field for times knows no 24:00; at the end of a shift midnight means the day's end.
const ended = (time) => (time === "00:00" ? "24:00" : time);
const shown = (time) => (time === "24:00" ? "00:00" : time);

function Day({ name, shifts, problem, onChange, onCopy }) {
  const put = (at, side, time) =>
    onChange(shifts.map((shift, i) => (i === at ? (side ? [shift[0], ended(time)] : [time, shift[1]]) : shift)));
  const last = shifts.at(-1)?.[1];
  return (
    <div className="week-day" role="group" aria-label={name}>
      <span className="week-name">{name}</span>
      <div className="week-shifts">
        {shifts.length === 0 && <span className="field-hint">Closed</span>}
        {shifts.map(([from, to], at) => (
          <span className="week-shift" key={at}>
            <input
              type="time"
              className="input"
              aria-label={`${name}, shift ${at + 1} from`}
              aria-invalid={problem ? true : undefined}
              value={from}
              onChange={(event) => put(at, 0, event.target.value)}
            />
            <span aria-hidden="true">–</span>
            <input
              type="time"
              className="input"
              aria-label={`${name}, shift ${at + 1} to`}
              aria-invalid={problem ? true : undefined}
              value={shown(to)}
              onChange={(event) => put(at, 1, event.target.value)}
            />
            <button
              type="button"
              className="button quiet icon-only"
              aria-label={`Remove shift ${at + 1} of ${name}`}
              onClick={() => onChange(shifts.filter((_, i) => i !== at))}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
        <Problem>{problem}</Problem>
      </div>
      <button
        type="button"
        className="button quiet"
        aria-label={`Add a shift on ${name}`}
        disabled={last === "24:00"}
        onClick={() => onChange([...shifts, last ? [last, "24:00"] : OFFICE[0]])}
      >
        <Icon name="plus" />
        Shift
      </button>
      <button type="button" className="button quiet" aria-label={`Copy ${name} to all weekdays`} onClick={onCopy}>
        Copy to weekdays
      </button>
    </div>
  );
}

function OwnDays({ days, problem, onChange }) {
  const [day, setDay] = useState("");
  const [name, setName] = useState("");
  const add = () => {
    if (!day) return;
    onChange([...days.filter((one) => one.day !== day), { day, name: name.trim() }]);
    setDay("");
    setName("");
  };
  return (
    <div className="editor">
      {days.length > 0 && (
        <ul className="editor-rows days-off">
          {days.map((one) => (
            <li className="editor-line" key={one.day}>
              <span className="editor-word number">{one.day}</span>
              <span className="editor-word days-name">{one.name || "Day off"}</span>
              <button
                type="button"
                className="button quiet icon-only"
                aria-label={`Remove ${one.day}`}
                onClick={() => onChange(days.filter((other) => other.day !== one.day))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="editor-line">
        <Line hidden label="Day off" type="date" value={day} problem={problem} onChange={setDay} />
        <Line hidden label="Its name" placeholder="Its name" maxLength={200} value={name} onChange={setName} />
        <button type="button" className="button" disabled={!day} onClick={add}>
          <Icon name="plus" />
          Add day
        </button>
      </div>
    </div>
  );
}

const LARGEST = 10 * 1024 * 1024;
const LONGEST = 200000;
// Only these lines say when a day is off; a calendar is often mostly attendees and alarms.
const TELLING = /^(BEGIN:|END:|DTSTART|DTEND|RRULE|EXDATE|SUMMARY)/i;

const essence = (text) => {
  let keeping = false;
  return text
    .split(/\r?\n/)
    .filter((line) => (keeping = /^[ \t]/.test(line) ? keeping : TELLING.test(line)))
    .join("\r\n");
};

function CalendarText({ problem, onRead }) {
  const [content, setContent] = useState("");
  const [refusal, setRefusal] = useState("");
  const load = async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    const text = file.size > LARGEST ? "" : essence(await file.text());
    if (file.size > LARGEST) setRefusal("A calendar file may have 10 MB at most.");
    else if (text.length > LONGEST) setRefusal("The calendar is longer than a list of holidays can be.");
    else setRefusal("");
    setContent(text.length > LONGEST ? "" : text);
  };
  const wrong = refusal || problem;
  return (
    <details className="calendar-text">
      <summary>
        <Icon name="forward" />
        Take days off from a calendar (iCal)
      </summary>
      <div className="editor">
        <input type="file" accept=".ics,text/calendar" aria-label="Calendar file" onChange={load} />
        <textarea
          className="input short"
          aria-label="Calendar text"
          placeholder="BEGIN:VCALENDAR…"
          maxLength={LONGEST}
          value={content}
          aria-invalid={wrong ? true : undefined}
          onChange={(event) => setContent(event.target.value)}
        />
        <Problem>{wrong}</Problem>
        <button type="button" className="button start" disabled={!content.trim()} onClick={() => onRead?.(content)}>
          Read the calendar
        </button>
      </div>
    </details>
  );
}

const daysOf = (hours) =>
  (hours.holidays ?? []).map((day) => ({ day, name: hours.holidayNames?.[day] ?? "" }));

// Zone, shifts and days off as one edits them; `value` is what is kept.
export function useHours(initial = {}, found = [], reads = 0) {
  const [zone, setZone] = useState(initial.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC");
  const [weekly, setWeekly] = useState(initial.weekly ?? WEEK);
  const [chosen, setChosen] = useState(initial.holidaySets ?? []);
  const [days, setDays] = useState(() => daysOf(initial));
  const begun = useRef(reads);
  useEffect(() => {
    if (reads === begun.current) return;
    setDays((now) => {
      const all = new Map([...now, ...found].map((one) => [one.day, one]));
      return [...all.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
    });
  }, [reads]);
  const value = {
    timezone: zone,
    weekly: Object.fromEntries(Object.entries(weekly).filter(([, shifts]) => shifts.length)),
    holidaySets: chosen,
    holidays: days.map((one) => one.day),
    holidayNames: Object.fromEntries(days.filter((one) => one.name).map((one) => [one.day, one.name])),
  };
  return { zone, setZone, weekly, setWeekly, chosen, setChosen, days, setDays, value };
}

const regions = new Intl.DisplayNames(undefined, { type: "region", fallback: "code" });
const country = ({ value }) => {
  const [code, part] = value.split("-");
  const name = /^[A-Z]{2}$/.test(code) ? regions.of(code) : code;
  return { value, label: part ? `${name}, ${part}` : name, hint: value };
};

export function HoursFields({ held, zones, sets, problems, path, onRead }) {
  const { weekly, setWeekly } = held;
  const countries = useMemo(() => sets.map(country).sort((a, b) => a.label.localeCompare(b.label)), [sets]);
  const wrong = problems[`${path}.weekly`] ?? problems[Object.keys(problems).find((key) => key.startsWith(`${path}.weekly.`))] ?? "";
  const copy = (from) => () =>
    setWeekly((now) => ({ ...now, ...Object.fromEntries(Object.keys(WEEK).map((day) => [day, now[from] ?? []])) }));
  const inside = (name) => problems[Object.keys(problems).find((key) => key === `${path}.${name}` || key.startsWith(`${path}.${name}.`))];
  return (
    <>
      <Choice
        label="Time zone"
        prompt="Find a city…"
        value={held.zone}
        options={zones}
        problem={inside("timezone")}
        onChange={held.setZone}
      />
      <div className="week">
        {Object.entries(DAYS).map(([day, called]) => (
          <Day
            key={day}
            name={called}
            shifts={weekly[day] ?? []}
            problem={wrong.startsWith(`${day}:`) ? wrong.slice(5) : ""}
            onChange={(shifts) => setWeekly((now) => ({ ...now, [day]: shifts }))}
            onCopy={copy(day)}
          />
        ))}
      </div>
      <h4>Days off</h4>
      <Choice
        multiple
        label="Public holidays"
        prompt="Find a country…"
        placeholder="None"
        value={held.chosen}
        options={countries}
        problem={inside("holidaySets")}
        onChange={held.setChosen}
      />
      <OwnDays days={held.days} problem={inside("holidays") ?? inside("holidayNames")} onChange={held.setDays} />
      {onRead && <CalendarText problem={problems.file} onRead={onRead} />}
    </>
  );
}

export function HoursEditor({
  name,
  initial = {},
  zones = [],
  sets = [],
  problems = {},
  path = PATH,
  always: words = "Time counts round the clock",
  found = [],
  reads = 0,
  onRead,
}) {
  const [always, setAlways] = useState(!initial.weekly);
  const held = useHours(initial, found, reads);
  return (
    <div className="editor">
      <Kept name={name} value={always ? {} : held.value} />
      <Tick label={words} checked={always} onChange={setAlways} />
      {!always && <HoursFields held={held} zones={zones} sets={sets} problems={problems} path={path} onRead={onRead} />}
    </div>
  );
}

const UNITS = [
  { value: "1", label: "minutes" },
  { value: "60", label: "hours" },
];

// Minutes as people write them; an amount that is no number is left to the server to refuse.
export function Duration({ name, label, initial = 0, problem = "" }) {
  const [unit, setUnit] = useState(initial && initial % 60 === 0 ? "60" : "1");
  const [amount, setAmount] = useState(String(initial / Number(unit)));
  const minutes = Number(amount.replace(",", ".")) * Number(unit);
  const value = amount.trim() && Number.isFinite(minutes) ? String(minutes) : amount;
  return (
    <div className="duration" role="group" aria-label={label}>
      <Line label={label} inputMode="decimal" maxLength={12} value={amount} problem={problem} onChange={setAmount} />
      <Choice label={`Unit of ${label.toLowerCase()}`} hidden value={unit} options={UNITS} onChange={setUnit} />
      <input type="hidden" name={name} value={value} readOnly />
    </div>
  );
}
