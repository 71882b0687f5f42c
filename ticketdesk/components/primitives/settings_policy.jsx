import { useState } from "react";
import { at, Conditions, useConditions } from "$/ticketdesk/settings_conditions";
import { Escalations, useEscalations } from "$/ticketdesk/settings_escalations";
import { HoursFields, useHours } from "$/ticketdesk/settings_hours";
import { Choice, Kept, Line, Problem, Tick } from "$/ticketdesk/settings_parts";
import { minutesOf, Promises, spoken, usePromises } from "$/ticketdesk/settings_promises";

const HOURS = [
  { value: "ORGANIZATION", label: "the organization's business hours" },
  { value: "OWN", label: "hours of its own" },
  { value: "ROUND_THE_CLOCK", label: "round the clock" },
];
const PAUSES = { WAITING_ON_CUSTOMER: "the customer is waited for", WAITING_ON_THIRD_PARTY: "a third party is waited for" };
const WARNINGS = [
  { value: "minutes", label: "before it is due" },
  { value: "percent", label: "percent of the time have passed" },
];
const SHOWN = ["name", "firstResponse", "nextResponse", "resolution", "conditions", "warnMinutes", "warnPercent", "escalations", "businessHours", "file"];

function Warning({ warn, setWarn, problems }) {
  const problem = at(problems, "warnMinutes") ?? at(problems, "warnPercent");
  return (
    <div className="editor-line" role="group" aria-label="Warning">
      <span className="editor-word">Warn</span>
      <Line hidden label="Warning time" maxLength={12} value={warn.time} problem={problem} onChange={(time) => setWarn({ ...warn, time })} />
      <Choice
        hidden
        label="Kind of warning"
        value={warn.kind}
        options={WARNINGS}
        onChange={(kind) => setWarn({ kind, time: kind === "percent" ? "80" : "1h" })}
      />
    </div>
  );
}

const warned = ({ kind, time }) => {
  if (kind === "minutes") return { warnMinutes: minutesOf(time) ?? time, warnPercent: null };
  return { warnPercent: /^\d+$/.test(time.trim()) ? Number(time) : time };
};

// A promise for some tickets only: for which, what, in which hours, and what happens when it fails.
export function PolicyEditor({ name, initial = {}, words = {}, problems = {}, zones = [], sets = [], found = [], reads = 0, onRead }) {
  const [title, setTitle] = useState(initial.name ?? "");
  const [hours, setHours] = useState(initial.hours ?? "ORGANIZATION");
  const [pauses, setPauses] = useState(initial.pauseOn ?? Object.keys(PAUSES));
  const [warn, setWarn] = useState(() =>
    initial.warnPercent
      ? { kind: "percent", time: String(initial.warnPercent) }
      : { kind: "minutes", time: spoken(initial.warnMinutes ?? 60) },
  );
  const held = useConditions(initial.conditions);
  const promises = usePromises(initial);
  const own = useHours(initial.businessHours ?? {}, found, reads);
  const escalations = useEscalations(initial.escalations);
  const policy = {
    ...initial,
    name: title,
    conditions: held.value,
    ...promises.value,
    hours,
    businessHours: hours === "OWN" ? own.value : null,
    pauseOn: pauses,
    ...warned(warn),
    escalations: escalations.value,
  };
  const rest = Object.entries(problems).filter(([key]) => !SHOWN.some((path) => key === path || key.startsWith(`${path}.`)));
  const pause = (status) => (on) => setPauses((now) => (on ? [...now, status] : now.filter((one) => one !== status)));
  return (
    <div className="editor rule">
      <Kept name={name} value={policy} />
      <Line label="Policy name" value={title} maxLength={200} problem={at(problems, "name")} onChange={setTitle} />
      <Conditions held={held} fields={words.fields ?? []} problems={problems} />
      <h4>Promises</h4>
      <Promises held={promises} problems={problems} />
      <h4>The clock</h4>
      <Choice label="Time counts in" value={hours} options={HOURS} onChange={setHours} />
      {hours === "OWN" && (
        <div className="editor-group" role="group" aria-label="Hours of its own">
          <div className="editor">
            <HoursFields held={own} zones={zones} sets={sets} problems={problems} path="businessHours" onRead={onRead} />
          </div>
        </div>
      )}
      <div className="checks" role="group" aria-label="The resolution's clock stands still while">
        <span className="editor-word">The resolution's clock stands still while</span>
        {Object.entries(PAUSES).map(([status, label]) => (
          <Tick key={status} label={label} checked={pauses.includes(status)} onChange={pause(status)} />
        ))}
      </div>
      <Warning warn={warn} setWarn={setWarn} problems={problems} />
      <h4>Escalations</h4>
      <Escalations held={escalations} words={words} problems={problems} />
      <Problem>{problems.escalations}</Problem>
      {rest.map(([key, text]) => (
        <Problem key={key}>{text}</Problem>
      ))}
    </div>
  );
}
