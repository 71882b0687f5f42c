import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Picker } from "$/ticketdesk/picker";

let count = 0;
const keyed = (value) => ({ key: ++count, value });

// A list one edits in place: each entry keeps its key while others move around it.
export function useRows(initial = []) {
  const [rows, setRows] = useState(() => initial.map(keyed));
  const move = (from, to) =>
    setRows((now) => {
      const next = [...now];
      next.splice(to, 0, ...next.splice(from, 1));
      return next;
    });
  return {
    rows,
    values: rows.map((row) => row.value),
    add: (value) => setRows((now) => [...now, keyed(value)]),
    change: (at, value) => setRows((now) => now.map((row, i) => (i === at ? { ...row, value } : row))),
    remove: (at) => setRows((now) => now.filter((_, i) => i !== at)),
    move,
  };
}

// An editor's value as a field of the form around it, which hears of every change.
export function Kept({ name, value }) {
  const hidden = useRef();
  const text = JSON.stringify(value);
  const told = useRef(text);
  useEffect(() => {
    if (text === told.current) return;
    told.current = text;
    hidden.current.dispatchEvent(new Event("input", { bubbles: true }));
  }, [text]);
  return <input ref={hidden} type="hidden" name={name} value={text} readOnly />;
}

export const Problem = ({ id, children }) =>
  children ? (
    <span className="field-problem" id={id}>
      <Icon name="alert" />
      {children}
    </span>
  ) : null;

export function Moves({ name, at, of, onMove, onRemove }) {
  return (
    <span className="moves">
      <button
        type="button"
        className="button quiet icon-only up"
        aria-label={`Move ${name} up`}
        disabled={at === 0}
        onClick={() => onMove(at, at - 1)}
      >
        <Icon name="down" />
      </button>
      <button
        type="button"
        className="button quiet icon-only"
        aria-label={`Move ${name} down`}
        disabled={at === of - 1}
        onClick={() => onMove(at, at + 1)}
      >
        <Icon name="down" />
      </button>
      <button type="button" className="button quiet icon-only" aria-label={`Remove ${name}`} onClick={() => onRemove(at)}>
        <Icon name="close" />
      </button>
    </span>
  );
}

// One line of text inside of an editor; the form around it reads the editor's hidden field.
export function Line({ label, value, problem, hint, onChange, hidden = false, ...rest }) {
  const id = useId();
  const described = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className="field">
      {!hidden && <label htmlFor={id}>{label}</label>}
      <input
        id={id}
        className="input"
        autoComplete="off"
        aria-label={hidden ? label : undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <Problem id={`${id}-problem`}>{problem}</Problem>
    </div>
  );
}

export function Choice({ label, problem, onChange, hidden = false, ...rest }) {
  return (
    <div className="field">
      {!hidden && (
        <span className="label" aria-hidden="true">
          {label}
        </span>
      )}
      <Picker look="field" label={label} invalid={Boolean(problem)} onPick={onChange} {...rest} />
      <Problem>{problem}</Problem>
    </div>
  );
}

export function Tick({ label, checked, onChange }) {
  return (
    <label className="check">
      <input type="checkbox" checked={Boolean(checked)} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

export const asOptions = (names) => names.map((name) => ({ value: name, label: name }));
