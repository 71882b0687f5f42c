import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Avatar, Icon } from "$/ticketdesk/glyphs";
import { Picker } from "$/ticketdesk/picker";

const SAVE_AFTER = 800;

export const valuesOf = (form) => {
  const values = {};
  for (const [name, value] of new FormData(form).entries()) {
    const many = form.querySelector(`[name="${CSS.escape(name)}"][data-many]`);
    values[name] = many ? JSON.parse(value || "[]") : value;
  }
  return values;
};

// A form that keeps a draft while one types and leads to the first field that is wrong.
export function DraftForm({ label, tries = 0, children, onSave, onLeave, onSubmit }) {
  const form = useRef();
  const timer = useRef();
  const [flying, setFlying] = useState(false);
  const drop = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  const keep = () => {
    drop();
    timer.current = setTimeout(() => {
      timer.current = undefined;
      onSave?.(valuesOf(form.current));
    }, SAVE_AFTER);
  };
  const known = useRef(tries);
  useEffect(() => {
    // What was refused before this form began is not about what stands in it.
    if (tries === known.current) return;
    known.current = tries;
    setFlying(false);
    form.current.querySelector("[aria-invalid=true]")?.focus();
    keep();
  }, [tries]);
  // The last words of whoever leaves the form or closes its dialog; the fields still stand at that moment.
  useLayoutEffect(() => {
    const around = form.current.closest("dialog");
    const leave = () => {
      if (timer.current) onLeave?.(valuesOf(form.current));
      drop();
    };
    around?.addEventListener("close", leave);
    return () => {
      around?.removeEventListener("close", leave);
      leave();
    };
  }, []);
  const submit = (event) => {
    event.preventDefault();
    if (flying) return;
    drop();
    setFlying(true);
    setTimeout(setFlying, 4000, false);
    onSubmit?.(valuesOf(form.current));
  };
  const press = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current.requestSubmit();
  };
  return (
    <form ref={form} className="form" aria-label={label} noValidate onInput={keep} onSubmit={submit} onKeyDown={press}>
      <fieldset disabled={false} aria-busy={flying || undefined}>
        {children}
      </fieldset>
    </form>
  );
}

// A picker as a form field: its value travels in a hidden input.
export function PickerField({ name, initial, multiple = false, ...rest }) {
  const [value, setValue] = useState(initial ?? (multiple ? [] : ""));
  const hidden = useRef();
  const pick = (picked) => {
    setValue(picked);
    requestAnimationFrame(() => hidden.current?.dispatchEvent(new Event("input", { bubbles: true })));
  };
  return (
    <>
      <Picker look="field" {...rest} multiple={multiple} value={value} onPick={pick} />
      <input
        ref={hidden}
        type="hidden"
        name={name}
        data-many={multiple ? "" : undefined}
        value={multiple ? JSON.stringify(value) : value}
        readOnly
      />
    </>
  );
}

const Problem = ({ id, children }) =>
  children ? (
    <span className="field-problem" id={id}>
      <Icon name="alert" />
      {children}
    </span>
  ) : null;

// Name and address of the requester; who is known is offered while one types.
export function RequesterFields({ name = "", email = "", nameProblem, emailProblem, found = [], onSearch }) {
  const [person, setPerson] = useState({ name, email });
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState("");
  const timer = useRef();
  const first = useRef();
  const list = useId();
  const shown = open ? found : [];

  const type = (field, value) => {
    setPerson((before) => ({ ...before, [field]: value }));
    setOpen(field);
    setActive(-1);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch?.(value), 160);
  };
  const choose = (known) => {
    setPerson(known);
    setOpen("");
    requestAnimationFrame(() => first.current?.dispatchEvent(new Event("input", { bubbles: true })));
  };
  const press = (event) => {
    if (event.key === "Escape") setOpen("");
    if (shown.length === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((before) => (before + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(shown[active]);
    }
  };
  const field = (key, title, kind, problem) => (
    <div className="field suggest">
      <label htmlFor={`${list}-${key}`}>{title}</label>
      <input
        ref={key === "name" ? first : undefined}
        id={`${list}-${key}`}
        name={key === "name" ? "requesterName" : "requesterEmail"}
        type={kind}
        className="input"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open === key && shown.length > 0}
        aria-controls={open === key && shown.length > 0 ? list : undefined}
        aria-activedescendant={open === key && active >= 0 ? `${list}-${active}` : undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${list}-${key}-problem` : undefined}
        maxLength={key === "name" ? 200 : 254}
        autoFocus={key === "name" && !name}
        value={person[key]}
        onChange={(event) => type(key, event.target.value)}
        onKeyDown={press}
        onBlur={() => setTimeout(setOpen, 120, "")}
      />
      <Problem id={`${list}-${key}-problem`}>{problem}</Problem>
      {open === key && shown.length > 0 && (
        <ul id={list} role="listbox" aria-label="Known people" className="pop suggestions">
          {shown.map((known, index) => (
            <li
              key={known.email}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className="option"
              data-highlighted={index === active ? "" : undefined}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(known);
              }}
            >
              <Avatar name={known.name} />
              <span className="option-label">{known.name}</span>
              <span className="option-hint">{known.email}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <div className="pair">
      {field("name", "Requester name", "text", nameProblem)}
      {field("email", "Requester email", "email", emailProblem)}
    </div>
  );
}
