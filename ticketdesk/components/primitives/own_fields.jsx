import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { PickerField, valuesOf } from "$/ticketdesk/form";

const isAsked = (field, fields, values, depth = 0) =>
  Object.entries(field.showWhen ?? {}).every(([name, wanted]) => {
    const other = fields.find((one) => one.name === name);
    // What depends on a field that is not asked is not asked either; the depth ends circles.
    if (other && (depth > 9 || !isAsked(other, fields, values, depth + 1))) return false;
    const value = other?.kind === "checkbox" ? String(Boolean(values[name])) : (values[name] ?? "");
    return (Array.isArray(value) ? value : [value]).some((one) => wanted.includes(one));
  });

function OwnField({ field, value, problem }) {
  const id = `field-${field.name}`;
  const said = problem ? `${id}-problem` : field.help ? `${id}-help` : undefined;
  const label = field.required ? `${field.label} (required)` : field.label;
  const aria = { "aria-invalid": problem ? true : undefined, "aria-describedby": said };
  const many = field.kind === "multiselect";
  return (
    <div className="field">
      {field.kind === "checkbox" ? (
        <label className="check">
          <input type="checkbox" name={field.name} defaultChecked={Boolean(value)} {...aria} />
          {label}
        </label>
      ) : many || field.kind === "select" ? (
        <>
          <span className="label" aria-hidden="true">
            {label}
          </span>
          <PickerField
            name={field.name}
            label={field.label}
            initial={value ?? (many ? [] : "")}
            options={many || field.required ? field.options : [{ value: "", label: "None" }, ...field.options]}
            multiple={many}
            invalid={Boolean(problem)}
            describedby={said}
          />
        </>
      ) : (
        <>
          <label htmlFor={id}>{label}</label>
          <input
            id={id}
            name={field.name}
            type={field.kind === "date" ? "date" : "text"}
            inputMode={field.kind === "number" ? "decimal" : undefined}
            className="input"
            maxLength={2000}
            defaultValue={value ?? ""}
            {...aria}
          />
        </>
      )}
      {field.help && (
        <span className="field-hint" id={`${id}-help`}>
          {field.help}
        </span>
      )}
      {problem && (
        <span className="field-problem" id={`${id}-problem`}>
          <Icon name="alert" />
          {problem}
        </span>
      )}
    </div>
  );
}

// The organization's own questions; those with a condition come and go with the other answers.
export function OwnFields({ fields = [], values = {}, problems = {} }) {
  const [given, setGiven] = useState(values);
  const place = useRef();
  useEffect(() => {
    const form = place.current.closest("form");
    const look = () => setGiven(valuesOf(form));
    look();
    form.addEventListener("input", look);
    return () => form.removeEventListener("input", look);
  }, []);
  return (
    <div ref={place} className="own-fields">
      {fields
        .filter((field) => isAsked(field, fields, given))
        .map((field) => (
          <OwnField key={field.name} field={field} value={given[field.name] ?? values[field.name]} problem={problems[field.name]} />
        ))}
    </div>
  );
}
