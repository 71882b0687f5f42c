import { useEffect, useRef, useState } from "react";

const SHOWN = 8;
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

// `/` at the start of a word offers the canned responses and `@` the agents; what is typed behind it
// narrows them.
export function useSuggest({ value, handle, canned, people, inserted, onOffer, onInsert }) {
  const [typed, setTyped] = useState(null);
  const [active, setActive] = useState(0);
  const [empty, setEmpty] = useState([]);
  const place = useRef(null);
  const times = useRef(inserted.times);
  const asked = useRef(false);
  const left = useRef(null);
  const all = typed?.sign === "@" ? people : canned;
  const found = typed ? all.filter(fits(typed.sign, typed.word)).slice(0, SHOWN) : [];
  const open = found.length > 0;

  const look = (before) => {
    const now = typedAt(before);
    // Escape closes the list for the word at hand.
    if (now && left.current === now.from) return setTyped(null);
    left.current = null;
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
    setEmpty(inserted.empty);
  }, [inserted.times]);
  useEffect(() => {
    if (!value) setEmpty([]);
  }, [value]);

  const press = (event) => {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + found.length) % found.length);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") choose(found[active]);
    else if (event.key === "Escape") {
      left.current = typed.from;
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
  const missing = empty.filter((name) => value.includes(`{{${name}}}`));
  return { open, found, active, sign: typed?.sign, choose, look, press, aria, empty: missing, close: () => setTyped(null) };
}

export function Suggestions({ offered }) {
  if (!offered.open) return null;
  return (
    <ul id="suggested" className="canned" role="listbox" aria-label={LISTS[offered.sign].name}>
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
          {offered.sign === "/" && <kbd>/{one.shortcut}</kbd>}
          <span className="option-label">{one.title ?? one.name}</span>
          <span className="option-hint">{one.folder ?? one.email}</span>
        </li>
      ))}
    </ul>
  );
}
