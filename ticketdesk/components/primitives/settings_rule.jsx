import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Action, NEW_ACTION } from "$/ticketdesk/settings_actions";
import { at, Conditions, useConditions } from "$/ticketdesk/settings_conditions";
import { Choice, Kept, Line, Moves, Problem, useRows } from "$/ticketdesk/settings_parts";

const TRIGGERS = [
  { value: "TICKET_CREATED", label: "a ticket is created" },
  { value: "TICKET_UPDATED", label: "a ticket is changed" },
  { value: "CUSTOMER_RESPONDED", label: "the customer writes" },
  { value: "AGENT_RESPONDED", label: "an agent answers" },
  { value: "STATUS_CHANGED", label: "the status changes" },
  { value: "SLA_WARNED", label: "a target is nearly missed" },
  { value: "SLA_BREACHED", label: "a target is missed" },
  { value: "CHAT_ESCALATED", label: "a chat asks for a person" },
  { value: "TIME_PASSED", label: "time has passed" },
];
const SINCE = [
  { value: "STATUS_CHANGED", label: "the status changed" },
  { value: "LAST_MESSAGE", label: "the last message" },
  { value: "UPDATED", label: "the last change" },
  { value: "CREATED", label: "the ticket was created" },
];

// A rule that reads like a sentence: when, if, then.
export function RuleEditor({ name, initial = {}, words = {}, problems = {}, onTry }) {
  const held = useConditions(initial.conditions);
  const [title, setTitle] = useState(initial.name ?? "");
  const [triggers, setTriggers] = useState(initial.triggers ?? ["TICKET_CREATED"]);
  const [passed, setPassed] = useState(initial.passed ?? { hours: 24, since: "STATUS_CHANGED" });
  const actions = useRows(initial.actions ?? [NEW_ACTION]);
  const waits = triggers.includes("TIME_PASSED");
  const rule = {
    name: title,
    triggers,
    passed: waits ? { ...passed, hours: Number(passed.hours) } : null,
    conditions: held.value,
    actions: actions.values,
  };
  const shown = ["name", "triggers", "passed", "conditions"];
  const rest = Object.entries(problems).filter(
    ([key]) => !key.startsWith("actions.") && !shown.some((path) => key === path || key.startsWith(`${path}.`)),
  );
  return (
    <div className="editor rule">
      <Kept name={name} value={rule} />
      <Line label="Name" value={title} maxLength={200} problem={at(problems, "name")} onChange={setTitle} />
      <div className="rule-part" role="group" aria-label="When">
        <span className="rule-word">When</span>
        <div className="editor">
          <Choice
            hidden
            multiple
            label="When"
            placeholder="Choose what sets it off"
            value={triggers}
            options={TRIGGERS}
            problem={at(problems, "triggers")}
            onChange={setTriggers}
          />
          {waits && (
            <div className="editor-line">
              <Line
                hidden
                label="Hours"
                type="number"
                step="any"
                value={passed.hours}
                problem={at(problems, "passed")}
                onChange={(hours) => setPassed({ ...passed, hours })}
              />
              <span className="editor-word">hours since</span>
              <Choice
                hidden
                label="Since"
                value={passed.since}
                options={SINCE}
                onChange={(since) => setPassed({ ...passed, since })}
              />
            </div>
          )}
        </div>
      </div>
      <Conditions held={held} fields={words.fields ?? []} problems={problems} />
      <div className="rule-part" role="group" aria-label="Then">
        <span className="rule-word">then</span>
        <div className="editor">
          {actions.rows.map(({ key, value }, i) => (
            <div className="editor-line" key={key}>
              <Action at={i + 1} action={value} words={words} onChange={(next) => actions.change(i, next)} />
              <Moves name={`action ${i + 1}`} at={i} of={actions.rows.length} onMove={actions.move} onRemove={actions.remove} />
              <Problem>{at(problems, `actions.${i}`)}</Problem>
            </div>
          ))}
          <button type="button" className="button quiet start" onClick={() => actions.add(NEW_ACTION)}>
            <Icon name="plus" />
            Add an action
          </button>
          <Problem>{problems.actions}</Problem>
        </div>
      </div>
      {rest.map(([key, text]) => (
        <Problem key={key}>{text}</Problem>
      ))}
      <button type="button" className="button start" onClick={() => onTry?.(JSON.stringify(rule))}>
        Try on the last 90 days
      </button>
    </div>
  );
}
