import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Choice, Line, Problem, useRows } from "$/ticketdesk/settings_parts";

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

export const at = (problems, path) => Object.entries(problems).find(([key]) => key === path || key.startsWith(`${path}.`))?.[1];

export function useConditions(initial) {
  const parts = flat(initial);
  const [mode, setMode] = useState(parts?.mode ?? "all");
  const tests = useRows(parts?.tests);
  return { parts, mode, setMode, tests, value: parts ? { [mode]: tests.values } : initial };
}

export function Conditions({ held, fields, problems }) {
  return (
    <div className="rule-part" role="group" aria-label="If">
      <span className="rule-word">if</span>
      {!held.parts && <p className="card-lead">Its conditions are nested. They stay as they are; change them through the API.</p>}
      {held.parts && (
        <div className="editor">
          <Choice hidden label="How conditions add up" value={held.mode} options={MODES} onChange={held.setMode} />
          {held.tests.rows.length === 0 && <span className="field-hint">No conditions: it holds for every ticket.</span>}
          {held.tests.rows.map(({ key, value }, i) => (
            <div className="editor-line" key={key}>
              <Test at={i} test={value} fields={fields} onChange={(next) => held.tests.change(i, next)} />
              <button
                type="button"
                className="button quiet icon-only"
                aria-label={`Remove condition ${i + 1}`}
                onClick={() => held.tests.remove(i)}
              >
                <Icon name="close" />
              </button>
              <Problem>{at(problems, `conditions.${held.mode}.${i}`)}</Problem>
            </div>
          ))}
          <button
            type="button"
            className="button quiet start"
            onClick={() => held.tests.add({ field: "subject", operator: "CONTAINS", value: "" })}
          >
            <Icon name="plus" />
            Add a condition
          </button>
        </div>
      )}
    </div>
  );
}
