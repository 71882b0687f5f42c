import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const SHOWN = 8;
const LOOK_AFTER = 90;
const LISTS = {
  "/": { name: "Canned responses", pattern: /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u },
  "@": { name: "Agents", pattern: /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u },
};

const typedAt = (before) => {
  for (const [sign, { pattern }] of Object.entries(LISTS)) {
    const match = before && pattern.exec(before.text);
    if (match) return { sign, word: match[1].toLowerCase(), from: before.to - match[1].length - 1, to: before.to };
  }
  return null;
};

const fits = (sign, word) =>
  sign === "/"
    ? (one) => one.shortcut.startsWith(word) || one.title.toLowerCase().includes(word)
    : (one) => one.name.toLowerCase().split(/\s+/).some((part) => part.startsWith(word)) || one.email.startsWith(word);

const gapsOf = ({ empty = [], unknown = [] }) => [
  ...empty.map((name) => ({ name, words: `{{${name}}} has no value on this ticket.` })),
  ...unknown.map((name) => ({ name, words: `There is no variable {{${name}}}.` })),
];

// `/` at the start of a word offers the canned responses and `@` the agents; what is typed behind it
// narrows them.
export function useSuggest({ value, handle, canned, people, inserted, looked, onOffer, onInsert, onLook }) {
  const [typed, setTyped] = useState(null);
  const [active, setActive] = useState(0);
  const [gaps, setGaps] = useState([]);
  const place = useRef(null);
  const times = useRef(inserted.times);
  const asked = useRef(false);
  const escaped = useRef(null);
  const all = typed?.sign === "@" ? people : canned;
  const found = typed ? all.filter(fits(typed.sign, typed.word)).slice(0, SHOWN) : [];
  const open = found.length > 0;
  const at = open && typed.sign === "/" ? found[active] : null;

  // What it says on this ticket is asked for once one stays at it for a moment.
  useEffect(() => {
    if (!at) return undefined;
    const timer = setTimeout(() => onLook?.(at.id), LOOK_AFTER);
    return () => clearTimeout(timer);
  }, [at?.id]);

  const look = (before) => {
    const now = typedAt(before);
    // Escape closes the list for the word at hand.
    if (now && escaped.current === now.from) return setTyped(null);
    escaped.current = null;
    if (now && !asked.current) {
      asked.current = true;
      onOffer?.();
    }
    if (now?.from === typed?.from && now?.word === typed?.word && now?.sign === typed?.sign) return undefined;
    setActive(0);
    return setTyped(now);
  };
  const choose = (one) => {
    const range = { from: typed.from, to: typed.to };
    setTyped(null);
    if (typed.sign === "@") return handle.current?.mention(range, one);
    place.current = range;
    return onInsert?.(one.id);
  };
  useEffect(() => {
    if (inserted.times === times.current) return;
    times.current = inserted.times;
    if (!place.current) return;
    const range = place.current;
    place.current = null;
    handle.current?.insert(range, inserted.html);
    setGaps(gapsOf(inserted));
  }, [inserted.times]);
  useEffect(() => {
    if (!value) setGaps([]);
  }, [value]);

  const press = (event) => {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + found.length) % found.length);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") choose(found[active]);
    else if (event.key === "Escape") {
      escaped.current = typed.from;
      setTyped(null);
    } else return false;
    event.preventDefault();
    return true;
  };
  const aria = {
    "aria-autocomplete": "list",
    "aria-controls": open ? "suggested" : null,
    "aria-activedescendant": open ? `suggested-${active}` : null,
  };
  const left = gaps.filter(({ name }) => value.includes(`{{${name}}}`)).map(({ words }) => words);
  const preview = at?.id === looked.id ? looked : null;
  return { open, found, active, preview, sign: typed?.sign, choose, look, press, aria, gaps: left, close: () => setTyped(null) };
}

// What would be put in, so that nobody inserts to see.
function Preview({ of }) {
  return (
    <div className="canned-preview" role="region" aria-label="Preview" aria-live="polite" tabIndex={0}>
      <div className="prose" dangerouslySetInnerHTML={{ __html: of.html }} />
      {gapsOf(of).map(({ name, words }) => (
        <p key={name} className="field-problem">
          <Icon name="alert" />
          {words}
        </p>
      ))}
    </div>
  );
}

export function Suggestions({ offered }) {
  if (!offered.open) return null;
  const isCanned = offered.sign === "/";
  return (
    <div className={`canned${isCanned ? " with-preview" : ""}`}>
      <ul id="suggested" className="canned-list" role="listbox" aria-label={LISTS[offered.sign].name}>
        {offered.found.map((one, index) => (
          <li
            key={one.id}
            id={`suggested-${index}`}
            className="option"
            role="option"
            aria-selected={index === offered.active}
            data-selected={index === offered.active}
            onMouseDown={(event) => {
              event.preventDefault();
              offered.choose(one);
            }}
          >
            {isCanned && <kbd>/{one.shortcut}</kbd>}
            <span className="option-label">{one.title ?? one.name}</span>
            <span className="option-hint">{one.folder ?? one.email}</span>
          </li>
        ))}
      </ul>
      {isCanned && offered.preview && <Preview of={offered.preview} />}
    </div>
  );
}
