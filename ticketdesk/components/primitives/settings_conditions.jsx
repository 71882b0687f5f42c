import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Choice, Line, Problem } from "$/ticketdesk/settings_parts";

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
const DEEPEST = 5;
const BARE = ["IS_SET", "IS_NOT_SET", "WITHIN_BUSINESS_HOURS", "OUTSIDE_BUSINESS_HOURS", "CHANGED"];
const LISTS = ["IN", "NOT_IN", "MATCHES_ANY_WORD"];

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

function Test({ place, test, fields, onChange }) {
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
      <Choice hidden label={`Field ${place}`} value={test.field} options={fields} onChange={choose} />
      <Choice hidden label={`Comparison ${place}`} value={test.operator} options={operators} onChange={operate} />
      <Value
        label={`Value ${place}`}
        field={field}
        operator={test.operator}
        value={test.value}
        onChange={(value) => onChange({ ...test, value })}
      />
    </>
  );
}

export const at = (problems, path) => Object.entries(problems).find(([key]) => key === path || key.startsWith(`${path}.`))?.[1];

let count = 0;
const NEW_TEST = { field: "subject", operator: "CONTAINS", value: "" };
const grown = (part) => (part.field ? { key: ++count, test: part } : { key: ++count, ...tree(part) });

// What is stored may hold all, any and none side by side; here a group has one way of adding up.
const tree = (group = {}) => {
  const used = MODES.map((mode) => mode.value).filter((mode) => group[mode]?.length);
  if (used.length < 2) return { mode: used[0] ?? "all", parts: (group[used[0]] ?? []).map(grown) };
  return { mode: "all", parts: used.map((mode) => grown({ [mode]: group[mode] })) };
};

const isEmpty = (part) => !part.test && part.parts.every(isEmpty);
const kept = (group) => group.parts.filter((part) => !isEmpty(part));
const written = (group) => ({ [group.mode]: kept(group).map((part) => part.test ?? written(part)) });

const changed = (group, key, next) => ({
  ...group,
  parts: group.parts.flatMap((part) => (part.key !== key ? [part] : next ? [{ ...next, key }] : [])),
});

export function useConditions(initial) {
  const [group, setGroup] = useState(() => tree(initial));
  return { group, setGroup, value: kept(group).length ? written(group) : {} };
}

function Group({ group, place, path, depth, fields, problems, onChange }) {
  const shown = kept(group);
  const add = (part) => onChange({ ...group, parts: [...group.parts, { key: ++count, ...part }] });
  const named = (i) => (place ? `${place}.${i + 1}` : `${i + 1}`);
  return (
    <div className="editor">
      <Choice
        hidden
        label={place ? `How conditions of ${place} add up` : "How conditions add up"}
        value={group.mode}
        options={MODES}
        onChange={(mode) => onChange({ ...group, mode })}
      />
      {group.parts.length === 0 && (
        <span className="field-hint">{place ? "Empty: it is left out." : "No conditions: it holds for every ticket."}</span>
      )}
      {group.parts.map((part, i) => {
        const where = `${path}.${group.mode}.${shown.indexOf(part)}`;
        const remove = (
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Remove condition ${named(i)}`}
            onClick={() => onChange(changed(group, part.key))}
          >
            <Icon name="close" />
          </button>
        );
        return part.test ? (
          <div className="editor-line" key={part.key}>
            <Test
              place={named(i)}
              test={part.test}
              fields={fields}
              onChange={(test) => onChange(changed(group, part.key, { test }))}
            />
            {remove}
            <Problem>{at(problems, where)}</Problem>
          </div>
        ) : (
          <div className="editor-group" key={part.key} role="group" aria-label={`Group ${named(i)}`}>
            <Group
              group={part}
              place={named(i)}
              path={`${where}.group`}
              depth={depth + 1}
              fields={fields}
              problems={problems}
              onChange={(next) => onChange(changed(group, part.key, next))}
            />
            {remove}
          </div>
        );
      })}
      <div className="editor-line">
        <button
          type="button"
          className="button quiet start"
          aria-label={place ? `Add a condition to ${place}` : undefined}
          onClick={() => add({ test: NEW_TEST })}
        >
          <Icon name="plus" />
          Add a condition
        </button>
        {depth < DEEPEST && (
          <button
            type="button"
            className="button quiet start"
            aria-label={place ? `Add a group to ${place}` : undefined}
            onClick={() => add({ mode: "any", parts: [{ key: ++count, test: NEW_TEST }] })}
          >
            <Icon name="layers" />
            Add a group
          </button>
        )}
      </div>
    </div>
  );
}

export function Conditions({ held, fields, problems }) {
  return (
    <div className="rule-part" role="group" aria-label="If">
      <span className="rule-word">if</span>
      <div className="editor">
        <Group group={held.group} path="conditions" depth={1} fields={fields} problems={problems} onChange={held.setGroup} />
        <Problem>{problems.conditions}</Problem>
      </div>
    </div>
  );
}
