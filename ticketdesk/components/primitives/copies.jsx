import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const ADDRESS = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\].]+$/;
const MOST = 50;

// "Jane <jane@x.example>; omar@x.example" → the addresses alone.
const parted = (text) =>
  text
    .split(/[,;\n]+/)
    .flatMap((part) => (part.includes("<") ? [/<([^<>]*)>/.exec(part)?.[1] ?? part] : part.split(/\s+/)))
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);

// Addresses as chips; what is none stays in the field and is told.
export function Addresses({ label, value, onChange, onWrong, autoFocus = false, name, problem }) {
  const [typed, setTyped] = useState("");
  const [wrong, tellWrong] = useState("");
  const id = `copies-${label.toLowerCase()}`;
  const setWrong = (words) => {
    tellWrong(words);
    onWrong?.(Boolean(words));
  };
  const take = (text) => {
    const parts = parted(text);
    const good = parts.filter((part) => ADDRESS.test(part));
    const bad = parts.filter((part) => !ADDRESS.test(part));
    const next = [...new Set([...value, ...good])];
    if (next.length > MOST) return setWrong(`At most ${MOST} addresses.`);
    if (good.length) onChange(next);
    setTyped(bad.join(", "));
    return setWrong(bad.length ? `“${bad[0]}” is not a mail address.` : "");
  };
  const press = (event) => {
    if (["Enter", ",", ";", "Tab"].includes(event.key) && typed.trim()) {
      event.preventDefault();
      event.stopPropagation();
      take(typed);
    } else if (event.key === "Backspace" && !typed && value.length) onChange(value.slice(0, -1));
  };
  const said = wrong || problem;
  return (
    <div className="copies" role="group" aria-label={label}>
      <label className="copies-label" htmlFor={id}>
        {label}
      </label>
      <div className="copies-chips">
        {value.map((address) => (
          <span key={address} className="copies-chip">
            {address}
            <button type="button" aria-label={`Remove ${address}`} onClick={() => onChange(value.filter((one) => one !== address))}>
              <Icon name="close" />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={typed}
          autoFocus={autoFocus}
          autoComplete="off"
          inputMode="email"
          maxLength={4000}
          aria-invalid={said ? true : undefined}
          aria-describedby={said ? `${id}-problem` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong("");
          }}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text/plain");
            if (!/[,;\n@]/.test(text)) return;
            event.preventDefault();
            take(`${typed}${text}`);
          }}
          onKeyDown={press}
          onBlur={() => typed.trim() && take(typed)}
        />
      </div>
      {said && (
        <span className="field-problem" id={`${id}-problem`} role="alert">
          <Icon name="alert" />
          {said}
        </span>
      )}
      {name && <input type="hidden" name={name} data-many="" value={JSON.stringify(value)} readOnly />}
    </div>
  );
}

// Who else gets the reply: a line each, once it is wanted or somebody is in it already.
export function Copies({ cc, bcc, open, onCc, onBcc, onWrong }) {
  return (
    <div className="composer-copies">
      {(open.cc || cc.length > 0) && <Addresses label="CC" value={cc} onChange={onCc} onWrong={onWrong("cc")} autoFocus={open.cc} />}
      {(open.bcc || bcc.length > 0) && <Addresses label="BCC" value={bcc} onChange={onBcc} onWrong={onWrong("bcc")} autoFocus={open.bcc} />}
    </div>
  );
}

export function CopyButtons({ cc, bcc, open, onOpen }) {
  const button = (name, label, held) =>
    !open[name] &&
    held.length === 0 && (
      <button type="button" className="button quiet copies-button" onClick={() => onOpen({ ...open, [name]: true })}>
        {label}
      </button>
    );
  return (
    <>
      {button("cc", "CC", cc)}
      {button("bcc", "BCC", bcc)}
    </>
  );
}
