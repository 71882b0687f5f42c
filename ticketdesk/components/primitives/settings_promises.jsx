import { useState } from "react";
import { Problem } from "$/ticketdesk/settings_parts";

const PRIORITIES = ["critical", "urgent", "high", "medium", "low"];
const PARTS = { firstResponse: "First response", nextResponse: "Next response", resolution: "Resolution" };
const TIME = /^(?:(\d+(?:[.,]\d+)?)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?$/i;

export const spoken = (minutes) => {
  if (typeof minutes !== "number") return "";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours && `${hours}h`, rest && `${rest}m`].filter(Boolean).join(" ") || "0m";
};

// A number alone is hours; what is no time goes to the server as it is typed, which refuses it.
export const minutesOf = (text) => {
  const typed = text.trim();
  if (!typed) return null;
  if (/^\d+(?:[.,]\d+)?$/.test(typed)) return Math.round(Number(typed.replace(",", ".")) * 60);
  const [, hours, minutes] = typed.match(TIME) ?? [];
  if (hours === undefined && minutes === undefined) return typed;
  return Math.round(Number((hours ?? "0").replace(",", ".")) * 60) + Number(minutes ?? 0);
};

const column = (value) =>
  Object.fromEntries(PRIORITIES.map((one) => [one, spoken(typeof value === "number" ? value : value?.[one])]));

// The same for every priority is one promise; none at all is no promise.
const promised = (part, times) => {
  const minutes = PRIORITIES.map((one) => minutesOf(times[one]));
  if (minutes.every((one) => one === null)) return null;
  if (part !== "resolution" && minutes.every((one) => one === minutes[0])) return minutes[0];
  return Object.fromEntries(PRIORITIES.map((one, i) => [one, minutes[i]]));
};

export function usePromises(initial) {
  const [times, setTimes] = useState(() => Object.fromEntries(Object.keys(PARTS).map((part) => [part, column(initial[part])])));
  const value = Object.fromEntries(Object.keys(PARTS).map((part) => [part, promised(part, times[part])]));
  return { times, setTimes, value };
}

const wrong = (problems, part, priority) => {
  const keys = Object.keys(problems).filter((key) => key === part || key.startsWith(`${part}.`));
  return problems[keys.find((key) => key.endsWith(`.${priority}`)) ?? keys.find((key) => !PRIORITIES.some((one) => key.includes(`.${one}`)))];
};

function Cell({ part, priority, held, problems }) {
  const put = (text) => held.setTimes((now) => ({ ...now, [part]: { ...now[part], [priority]: text } }));
  const problem = wrong(problems, part, priority);
  return (
    <td>
      <input
        className="input"
        autoComplete="off"
        maxLength={20}
        placeholder="–"
        aria-label={`${PARTS[part]} at ${priority} priority`}
        aria-invalid={problem ? true : undefined}
        value={held.times[part][priority]}
        onChange={(event) => put(event.target.value)}
        onBlur={(event) => typeof minutesOf(event.target.value) === "number" && put(spoken(minutesOf(event.target.value)))}
      />
    </td>
  );
}

// Every promise at a glance: a column for each target, a row for each priority.
export function Promises({ held, problems }) {
  const fill = (part) => () =>
    held.setTimes((now) => {
      const first = PRIORITIES.map((one) => now[part][one]).find((text) => text.trim()) ?? "";
      return { ...now, [part]: Object.fromEntries(PRIORITIES.map((one) => [one, first])) };
    });
  const texts = [...new Set(Object.keys(PARTS).flatMap((part) => PRIORITIES.map((one) => wrong(problems, part, one))))];
  return (
    <div className="editor" role="group" aria-label="Promises">
      <div className="promises-scroll">
        <table className="promises">
          <thead>
            <tr>
              <th scope="col">Priority</th>
              {Object.entries(PARTS).map(([part, label]) => (
                <th key={part} scope="col">
                  {label}
                  <button type="button" className="button quiet small" aria-label={`Same ${label.toLowerCase()} for every priority`} onClick={fill(part)}>
                    Fill down
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PRIORITIES.map((priority) => (
              <tr key={priority}>
                <th scope="row">{priority[0].toUpperCase() + priority.slice(1)}</th>
                {Object.keys(PARTS).map((part) => (
                  <Cell key={part} part={part} priority={priority} held={held} problems={problems} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <span className="field-hint">Write 30m, 4h or 1h 30m; a number alone is hours, an empty cell promises nothing.</span>
      {texts.filter(Boolean).map((text) => (
        <Problem key={text}>{text}</Problem>
      ))}
    </div>
  );
}
