import { Icon } from "$/ticketdesk/glyphs";
import { Action } from "$/ticketdesk/settings_actions";
import { at } from "$/ticketdesk/settings_conditions";
import { Choice, Line, Moves, Problem, useRows } from "$/ticketdesk/settings_parts";
import { minutesOf, spoken } from "$/ticketdesk/settings_promises";

const TARGETS = [
  { value: "FIRST_RESPONSE", label: "the first response is due" },
  { value: "NEXT_RESPONSE", label: "the next response is due" },
  { value: "RESOLUTION", label: "the resolution is due" },
];
const SIDES = [
  { value: "after", label: "after" },
  { value: "before", label: "before" },
];
const NEW_ACTION = { type: "RAISE_PRIORITY" };

const shown = (step) => ({
  id: step.id,
  target: step.target,
  time: spoken(Math.abs(step.afterMinutes)) || "0m",
  side: step.afterMinutes < 0 ? "before" : "after",
  actions: step.actions,
});
const written = ({ id, target, time, side, actions }) => {
  const minutes = minutesOf(time) ?? 0;
  return { id, target, afterMinutes: side === "before" && typeof minutes === "number" ? -minutes : minutes, actions };
};

export function useEscalations(initial = []) {
  const rows = useRows(initial.map(shown));
  return { rows, value: rows.values.map(written) };
}

function Actions({ value, place, words, problems, path, onChange }) {
  const list = value;
  const put = (i, next) => onChange(list.map((one, n) => (n === i ? next : one)));
  return (
    <>
      {list.map((action, i) => (
        <div className="editor-line" key={i}>
          <Action at={`${place}.${i + 1}`} action={action} words={words} onChange={(next) => put(i, next)} />
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Remove action ${place}.${i + 1}`}
            disabled={list.length === 1}
            onClick={() => onChange(list.filter((_, n) => n !== i))}
          >
            <Icon name="close" />
          </button>
          <Problem>{at(problems, `${path}.${i}`)}</Problem>
        </div>
      ))}
      <button
        type="button"
        className="button quiet start"
        aria-label={`Add an action to escalation ${place}`}
        onClick={() => onChange([...list, NEW_ACTION])}
      >
        <Icon name="plus" />
        Add an action
      </button>
    </>
  );
}

// What happens around a due time that nobody keeps: each step once per ticket.
export function Escalations({ held, words, problems }) {
  const { rows } = held;
  const fresh = () =>
    rows.add({
      id: `step-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`,
      target: "RESOLUTION",
      time: "0m",
      side: "after",
      actions: [NEW_ACTION],
    });
  return (
    <div className="editor" role="group" aria-label="Escalations">
      {rows.rows.map(({ key, value }, i) => {
        const change = (part) => rows.change(i, { ...value, ...part });
        return (
          <div className="editor-group" key={key} role="group" aria-label={`Escalation ${i + 1}`}>
            <div className="editor">
              <div className="editor-line">
                <Line
                  hidden
                  label={`Time of escalation ${i + 1}`}
                  maxLength={20}
                  value={value.time}
                  problem={at(problems, `escalations.${i}.afterMinutes`)}
                  onChange={(time) => change({ time })}
                />
                <Choice hidden label={`Side of escalation ${i + 1}`} value={value.side} options={SIDES} onChange={(side) => change({ side })} />
                <Choice
                  hidden
                  label={`Target of escalation ${i + 1}`}
                  value={value.target}
                  options={TARGETS}
                  onChange={(target) => change({ target })}
                />
              </div>
              <Actions
                value={value.actions}
                place={i + 1}
                words={words}
                problems={problems}
                path={`escalations.${i}.actions`}
                onChange={(actions) => change({ actions })}
              />
            </div>
            <Moves name={`escalation ${i + 1}`} at={i} of={rows.rows.length} onMove={rows.move} onRemove={rows.remove} />
          </div>
        );
      })}
      <button type="button" className="button quiet start" onClick={fresh}>
        <Icon name="plus" />
        Add an escalation
      </button>
    </div>
  );
}
