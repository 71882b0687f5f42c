import { useEffect, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Translations } from "$/ticketdesk/settings_translations";
import { asOptions, Choice, Kept, Line, Moves, Problem, Tick, useRows } from "$/ticketdesk/settings_parts";

const KINDS = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "date", label: "Date" },
  { value: "select", label: "One of several" },
  { value: "multi_select", label: "Some of several" },
  { value: "checkbox", label: "Box to tick" },
];
const KIND = Object.fromEntries(KINDS.map((kind) => [kind.value, kind.label]));
const NEW = { key: "", label: "", kind: "text", required: false, public: true, help: "", options: [], showWhen: {}, translations: {} };

const keyOf = (label) => {
  const words = label.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((w, i) => (i ? w[0].toUpperCase() + w.slice(1) : w.toLowerCase())).join("");
  return joined.replace(/^[0-9]+/, "").slice(0, 50);
};

const choicesOf = (field) => {
  if (field.kind === "checkbox") return [{ value: "true", label: "Ticked" }];
  return asOptions(field.options);
};

// "Asked only when" another question has one of some answers.
function Conditions({ field, others, problem, onChange }) {
  const entries = Object.entries(field.showWhen ?? {});
  const used = entries.map(([name]) => name);
  const free = others.filter((other) => !used.includes(other.key));
  const put = (pairs) => onChange({ ...field, showWhen: Object.fromEntries(pairs) });
  const sources = others.map((other) => ({ value: other.key, label: other.label || other.key }));
  return (
    <div className="field">
      <span className="label">Asked</span>
      {entries.length === 0 && <span className="field-hint">Always.</span>}
      {entries.map(([name, values], at) => (
        <div className="editor-line" key={name}>
          <span className="editor-word">{at ? "and" : "only when"}</span>
          <Choice
            hidden
            label={`Condition ${at + 1}`}
            value={name}
            options={sources.filter((s) => s.value === name || !used.includes(s.value))}
            onChange={(next) => put(entries.map((pair, i) => (i === at ? [next, []] : pair)))}
          />
          <span className="editor-word">is</span>
          <Choice
            hidden
            multiple
            creatable
            label={`Answers of condition ${at + 1}`}
            placeholder="Choose answers"
            value={values}
            options={choicesOf(others.find((other) => other.key === name) ?? NEW)}
            onChange={(next) => put(entries.map((pair, i) => (i === at ? [name, next] : pair)))}
          />
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Remove condition ${at + 1}`}
            onClick={() => put(entries.filter((_, i) => i !== at))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <Problem>{problem}</Problem>
      {free.length > 0 && (
        <button type="button" className="button quiet start" onClick={() => put([...entries, [free[0].key, []]])}>
          <Icon name="plus" />
          Add a condition
        </button>
      )}
    </div>
  );
}

function Field({ field, others, languages, problem, onChange }) {
  const set = (name) => (value) => onChange({ ...field, [name]: value });
  // The key follows the label until somebody writes their own.
  const rename = (label) => {
    const follows = field.key === keyOf(field.label);
    onChange({ ...field, label, key: follows ? keyOf(label) : field.key });
  };
  const chooses = field.kind === "select" || field.kind === "multi_select";
  return (
    <div className="editor-body">
      <div className="pair">
        <Line label="Label" value={field.label} maxLength={200} problem={problem("label")} onChange={rename} />
        <Line
          label="Key"
          value={field.key}
          maxLength={50}
          hint="The name in the API and in rules"
          problem={problem("key")}
          onChange={set("key")}
        />
      </div>
      <div className="pair">
        <Choice label="Kind" value={field.kind} options={KINDS} onChange={set("kind")} />
        <Line label="Help" value={field.help} maxLength={500} problem={problem("help")} onChange={set("help")} />
      </div>
      {chooses && (
        <Choice
          multiple
          creatable
          label="Choices"
          prompt="Type a choice and press Enter…"
          placeholder="No choices yet"
          value={field.options}
          options={asOptions(field.options)}
          problem={problem("options")}
          onChange={set("options")}
        />
      )}
      <div className="checks">
        <Tick label="Must be answered" checked={field.required} onChange={set("required")} />
        <Tick label="Customers see it in the public form" checked={field.public} onChange={set("public")} />
      </div>
      <Translations field={field} languages={languages} onChange={onChange} />
      <Conditions field={field} others={others} problem={problem("showWhen")} onChange={onChange} />
    </div>
  );
}

export function FieldsEditor({ name, initial = [], problems = {}, tries = 0, categories = [], languages = [] }) {
  const list = useRows(initial);
  const [open, setOpen] = useState();
  const wrong = (at, part) => problems[`embedConfig.customFields.${at}.${part}`];
  const isWrong = (at) => Object.keys(problems).some((path) => path.startsWith(`embedConfig.customFields.${at}.`));
  useEffect(() => {
    const at = list.rows.findIndex((_, i) => isWrong(i));
    if (at >= 0) setOpen(list.rows[at].key);
  }, [tries]);
  const category = { key: "category", label: "Category", kind: "select", options: categories };
  const add = () => {
    list.add(NEW);
    setOpen("new");
  };
  const last = list.rows.at(-1)?.key;
  return (
    <div className="editor">
      <Kept name={name} value={list.values} />
      {list.rows.length === 0 && (
        <p className="card-lead">
          No questions of your own yet. Ask for what you always have to ask back: an order number, a version, a device.
        </p>
      )}
      <ul className="editor-rows">
        {list.rows.map(({ key, value }, at) => {
          const shown = open === key || (open === "new" && key === last);
          const called = value.label || "New field";
          return (
            <li className="editor-item" key={key}>
              <div className="editor-head">
                <button
                  type="button"
                  className="editor-open"
                  aria-expanded={shown}
                  onClick={() => setOpen(shown ? undefined : key)}
                >
                  <Icon name="forward" className={shown ? "turned" : ""} />
                  <strong>{called}</strong>
                  <span className="field-hint">{KIND[value.kind]}</span>
                </button>
                {isWrong(at) && <span className="badge danger">Check this</span>}
                {value.required && <span className="badge">Required</span>}
                {!value.public && <span className="badge">Agents only</span>}
                <Moves name={called} at={at} of={list.rows.length} onMove={list.move} onRemove={list.remove} />
              </div>
              {shown && (
                <Field
                  field={value}
                  others={[category, ...list.values.filter((other, i) => i !== at && other.key)]}
                  languages={languages}
                  problem={(part) => wrong(at, part)}
                  onChange={(next) => list.change(at, next)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <button type="button" className="button start" onClick={add}>
        <Icon name="plus" />
        Add field
      </button>
    </div>
  );
}
