import { useState } from "react";
import { at, Conditions, useConditions } from "$/ticketdesk/settings_conditions";
import { Choice, Kept, Line, Problem } from "$/ticketdesk/settings_parts";

const PRIORITIES = ["critical", "urgent", "high", "medium", "low"];
const HOURS = [
  { value: "ORGANIZATION", label: "the organization's business hours" },
  { value: "ROUND_THE_CLOCK", label: "round the clock" },
];

const hoursOf = (minutes) => (typeof minutes === "number" ? String(minutes / 60) : "");
// What is no number goes to the server as it is typed, which refuses it.
const minutesOf = (hours) => {
  if (!hours.trim()) return null;
  const minutes = Number(hours.replace(",", ".")) * 60;
  return Number.isFinite(minutes) ? Math.round(minutes) : hours;
};

// A promise for some tickets only; what it does not show, such as escalations, stays as it is.
export function PolicyEditor({ name, initial = {}, words = {}, problems = {} }) {
  const [title, setTitle] = useState(initial.name ?? "");
  const [times, setTimes] = useState({
    firstResponse: hoursOf(initial.firstResponse),
    nextResponse: hoursOf(initial.nextResponse),
    ...Object.fromEntries(PRIORITIES.map((one) => [one, hoursOf(initial.resolution?.[one])])),
  });
  const [hours, setHours] = useState(initial.hours ?? "ORGANIZATION");
  const held = useConditions(initial.conditions);
  const perPriority = (part) => initial[part] !== null && typeof initial[part] === "object";
  const promised = (part) => (perPriority(part) && !times[part] ? initial[part] : minutesOf(times[part]));
  const resolution = Object.fromEntries(PRIORITIES.map((one) => [one, minutesOf(times[one])]));
  const policy = {
    ...initial,
    name: title,
    conditions: held.value,
    firstResponse: promised("firstResponse"),
    nextResponse: promised("nextResponse"),
    resolution: Object.values(resolution).some((minutes) => minutes !== null) ? resolution : null,
    hours,
  };
  const time = (part, label, path) => (
    <Line
      key={part}
      label={label}
      inputMode="decimal"
      maxLength={12}
      placeholder={perPriority(part) ? "By priority" : "No promise"}
      value={times[part]}
      problem={at(problems, path)}
      onChange={(value) => setTimes({ ...times, [part]: value })}
    />
  );
  const shown = ["name", "firstResponse", "nextResponse", "resolution", `conditions.${held.mode}`];
  const rest = Object.entries(problems).filter(([key]) => !shown.some((path) => key === path || key.startsWith(`${path}.`)));
  const own = initial.hours === "OWN" ? [{ value: "OWN", label: "hours of its own" }] : [];
  return (
    <div className="editor rule">
      <Kept name={name} value={policy} />
      <Line label="Policy name" value={title} maxLength={200} problem={at(problems, "name")} onChange={setTitle} />
      <Conditions held={held} fields={words.fields ?? []} problems={problems} />
      <div className="pair">
        {time("firstResponse", "Hours to the first response", "firstResponse")}
        {time("nextResponse", "Hours to each next response", "nextResponse")}
      </div>
      <h4>Hours to the resolution</h4>
      <div className="pair">
        {PRIORITIES.map((one) => time(one, `At ${one} priority`, `resolution.${one}`))}
        <Choice label="Time counts in" value={hours} options={[...HOURS, ...own]} onChange={setHours} />
      </div>
      {rest.map(([key, text]) => (
        <Problem key={key}>{text}</Problem>
      ))}
    </div>
  );
}
