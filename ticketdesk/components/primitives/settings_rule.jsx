import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Action, NEW_ACTION } from "$/ticketdesk/settings_actions";
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
const MODES = [
  { value: "all", label: "all of these hold" },
  { value: "any", label: "any of these holds" },
  { value: "none", label: "none of these holds" },
];
const OPERATORS = {
  IS: "is",
  IS_NOT: "is not",
  IN: "is one of",
  NOT_IN: "is none of",
  CONTAINS: "contains",
  DOES_NOT_CONTAIN: "does not contain",
  MATCHES_ANY_WORD: "has any of the words",
  STARTS_WITH: "starts with",
  BEFORE: "is before",
  AFTER: "is after",
  MORE_THAN: "is more than",
  LESS_THAN: "is less than",
  IS_SET: "is set",
  IS_NOT_SET: "is not set",
  WITHIN_BUSINESS_HOURS: "is within business hours",
  OUTSIDE_BUSINESS_HOURS: "is outside business hours",
  CHANGED: "changed",
  CHANGED_FROM: "changed from",
  CHANGED_TO: "changed to",
};
const BARE = ["IS_SET", "IS_NOT_SET", "WITHIN_BUSINESS_HOURS", "OUTSIDE_BUSINESS_HOURS", "CHANGED"];
const LISTS = ["IN", "NOT_IN", "MATCHES_ANY_WORD"];

// A single group of tests can be shown as lines; anything nested is kept as it is.
const flat = (conditions = {}) => {
  const used = MODES.map((mode) => mode.value).filter((mode) => conditions[mode]?.length);
  if (used.length === 0) return { mode: "all", tests: [] };
  const [mode] = used;
  return used.length === 1 && conditions[mode].every((test) => test.field) ? { mode, tests: conditions[mode] } : null;
};

const firstValue = (operator, field) => {
  if (BARE.includes(operator)) return null;
  if (LISTS.includes(operator)) return [];
  return field?.options.length ? field.options[0].value : "";
};

const isNumber = (field, operator) =>
  field?.kind === "number" || field?.asked === "number" || ["MORE_THAN", "LESS_THAN"].includes(operator);

const local = (iso) => {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function Value({ label, field, operator, value, onChange }) {
  if (BARE.includes(operator)) return null;
  const options = field?.options ?? [];
  if (LISTS.includes(operator))
    return <Choice hidden multiple creatable label={label} placeholder="…" value={value ?? []} options={options} onChange={onChange} />;
  if (["BEFORE", "AFTER"].includes(operator)) {
    const put = (text) => onChange(text ? new Date(text).toISOString() : "");
    return <Line hidden label={label} type="datetime-local" value={local(value)} onChange={put} />;
  }
  if (options.length > 0) {
    const asked = field.asked === "checkbox";
    return (
      <Choice
        hidden
        label={label}
        value={String(value ?? "")}
        options={options}
        onChange={(picked) => onChange(asked ? picked === "true" : picked)}
      />
    );
  }
  const put = (text) => onChange(isNumber(field, operator) && text.trim() ? Number(text.replace(",", ".")) : text);
  const kind = isNumber(field, operator) ? "number" : "text";
  return <Line hidden label={label} type={kind} step="any" value={value ?? ""} maxLength={500} onChange={put} />;
}

function Test({ at, test, fields, onChange }) {
  const field = fields.find((one) => one.value === test.field);
  const operators = (field?.operators ?? []).map((name) => ({ value: name, label: OPERATORS[name] ?? name }));
  const choose = (name) => {
    const next = fields.find((one) => one.value === name);
    const operator = next.operators.includes(test.operator) ? test.operator : next.operators.includes("IS") ? "IS" : next.operators[0];
    onChange({ field: name, operator, value: firstValue(operator, next) });
  };
  const operate = (operator) => {
    const alike = LISTS.includes(operator) === LISTS.includes(test.operator) && !BARE.includes(operator) && test.value !== null;
    onChange({ ...test, operator, value: alike ? test.value : firstValue(operator, field) });
  };
  return (
    <>
      <Choice hidden label={`Field ${at + 1}`} value={test.field} options={fields} onChange={choose} />
      <Choice hidden label={`Comparison ${at + 1}`} value={test.operator} options={operators} onChange={operate} />
      <Value
        label={`Value ${at + 1}`}
        field={field}
        operator={test.operator}
        value={test.value}
        onChange={(value) => onChange({ ...test, value })}
      />
    </>
  );
}

const at = (problems, path) => Object.entries(problems).find(([key]) => key === path || key.startsWith(`${path}.`))?.[1];

// A rule that reads like a sentence: when, if, then.
export function RuleEditor({ name, initial = {}, words = {}, problems = {}, onTry }) {
  const parts = flat(initial.conditions);
  const [title, setTitle] = useState(initial.name ?? "");
  const [triggers, setTriggers] = useState(initial.triggers ?? ["TICKET_CREATED"]);
  const [passed, setPassed] = useState(initial.passed ?? { hours: 24, since: "STATUS_CHANGED" });
  const [mode, setMode] = useState(parts?.mode ?? "all");
  const tests = useRows(parts?.tests);
  const actions = useRows(initial.actions ?? [NEW_ACTION]);
  const fields = words.fields ?? [];
  const waits = triggers.includes("TIME_PASSED");
  const rule = {
    name: title,
    triggers,
    passed: waits ? { ...passed, hours: Number(passed.hours) } : null,
    conditions: parts ? { [mode]: tests.values } : initial.conditions,
    actions: actions.values,
  };
  const shown = ["name", "triggers", "passed", ...tests.rows.map((_, i) => `conditions.${mode}.${i}`)];
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
      <div className="rule-part" role="group" aria-label="If">
        <span className="rule-word">if</span>
        {!parts && <p className="card-lead">Its conditions are nested. They stay as they are; change them through the API.</p>}
        {parts && (
          <div className="editor">
            <Choice hidden label="How conditions add up" value={mode} options={MODES} onChange={setMode} />
            {tests.rows.length === 0 && <span className="field-hint">No conditions: it holds for every ticket.</span>}
            {tests.rows.map(({ key, value }, i) => (
              <div className="editor-line" key={key}>
                <Test at={i} test={value} fields={fields} onChange={(next) => tests.change(i, next)} />
                <button
                  type="button"
                  className="button quiet icon-only"
                  aria-label={`Remove condition ${i + 1}`}
                  onClick={() => tests.remove(i)}
                >
                  <Icon name="close" />
                </button>
                <Problem>{at(problems, `conditions.${mode}.${i}`)}</Problem>
              </div>
            ))}
            <button
              type="button"
              className="button quiet start"
              onClick={() => tests.add({ field: "subject", operator: "CONTAINS", value: "" })}
            >
              <Icon name="plus" />
              Add a condition
            </button>
          </div>
        )}
      </div>
      <div className="rule-part" role="group" aria-label="Then">
        <span className="rule-word">then</span>
        <div className="editor">
          {actions.rows.map(({ key, value }, i) => (
            <div className="editor-line" key={key}>
              <Action at={i} action={value} words={words} onChange={(next) => actions.change(i, next)} />
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
