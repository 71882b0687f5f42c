import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Picker } from "$/ticketdesk/picker";

// A day of the calendar is kept by itself, but not while its year is still being typed.
const DAY_AFTER = 700;
const isDay = (text) => /^[1-9]\d{3}-/.test(text);

// A line one writes in: kept with Enter or on leaving it, as it was with Escape.
function Line({ id, field, aria, onChange, onLeave }) {
  const [typed, setTyped] = useState(null);
  const box = useRef();
  const sent = useRef(null);
  const timer = useRef();
  const { value } = field;
  useEffect(() => {
    // What a colleague changed never replaces what is being typed.
    if (document.activeElement !== box.current || typed === sent.current || typed === value) setTyped(null);
    sent.current = null;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const keep = (text) => {
    clearTimeout(timer.current);
    const given = text.trim();
    if (given === value || given === sent.current) return;
    sent.current = given;
    setTyped(given);
    onChange?.(field.name, given);
  };
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    if (field.kind !== "date") return;
    clearTimeout(timer.current);
    if (isDay(text)) timer.current = setTimeout(keep, DAY_AFTER, text);
  };
  const press = (event) => {
    if (event.key === "Enter") keep(event.target.value);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    clearTimeout(timer.current);
    setTyped(null);
    sent.current = null;
    onLeave();
  };
  return (
    <input
      ref={box}
      id={id}
      type={field.kind === "date" ? "date" : "text"}
      inputMode={field.kind === "number" ? "decimal" : undefined}
      className={`own-fact-line${(typed ?? value) ? "" : " empty"}`}
      placeholder="None"
      autoComplete="off"
      maxLength={2000}
      value={typed ?? value}
      onChange={type}
      onKeyDown={press}
      onBlur={(event) => typed !== null && keep(event.target.value)}
      {...aria}
    />
  );
}

function Check({ id, field, aria, refused, onChange }) {
  const [shown, setShown] = useState(field.value);
  useEffect(() => setShown(field.value), [field.value, refused]);
  const change = (event) => {
    setShown(event.target.checked);
    onChange?.(field.name, event.target.checked);
  };
  return (
    <label className="own-fact-check">
      <input id={id} type="checkbox" checked={shown} onChange={change} aria-label={field.label} {...aria} />
      <span aria-hidden="true">{shown ? "Yes" : "No"}</span>
    </label>
  );
}

function Choice({ field, aria, refused, onChange }) {
  const many = field.kind === "multiselect";
  const none = many || field.required || !field.value ? [] : [{ value: "", label: "None" }];
  return (
    <Picker
      label={field.label}
      value={field.value}
      options={[...none, ...field.options]}
      multiple={many}
      refused={refused}
      invalid={Boolean(aria["aria-invalid"])}
      describedby={aria["aria-describedby"]}
      onPick={(value) => onChange?.(field.name, value)}
    />
  );
}

const CONTROLS = { checkbox: Check, select: Choice, multiselect: Choice };

function Fact({ ticket, field, problem: found, refused, onChange }) {
  const id = `fact-${field.name}`;
  const [left, setLeft] = useState(false);
  const problem = left ? "" : found;
  const change = (name, value) => {
    setLeft(false);
    onChange?.(name, value);
  };
  if (field.kind === "gone")
    return (
      <div className="fact-row">
        <span className="fact-name">{field.label}</span>
        <span className="fact-value">{field.value}</span>
      </div>
    );
  const Control = CONTROLS[field.kind] ?? Line;
  const said = problem ? `${id}-problem` : field.help ? `${id}-help` : undefined;
  const aria = { "aria-invalid": problem ? true : undefined, "aria-describedby": said };
  return (
    <div className="fact-row own-fact" title={field.help || undefined}>
      {Control === Line ? (
        <label className="fact-name" htmlFor={id}>
          {field.label}
        </label>
      ) : (
        <span className="fact-name">{field.label}</span>
      )}
      <Control key={ticket} id={id} field={field} aria={aria} refused={refused} onChange={change} onLeave={() => setLeft(true)} />
      {field.help && (
        <span className="visually-hidden" id={`${id}-help`}>
          {field.help}
        </span>
      )}
      {problem && (
        <span className="field-problem" id={`${id}-problem`} role="alert">
          <Icon name="alert" />
          {problem}
        </span>
      )}
    </div>
  );
}

export function OwnFacts({ ticket, fields = [], problems = {}, refused = 0, onChange }) {
  return fields.map((field) => (
    <Fact
      key={field.name}
      ticket={ticket}
      field={field}
      problem={problems[field.name]}
      refused={refused}
      onChange={onChange}
    />
  ));
}
