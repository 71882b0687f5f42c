import { useEffect, useRef, useState } from "react";

const SHOWN = 8;
const TYPED = /(^|\s)\/([\w-]*)$/;

// `/` at the start of a word offers the canned responses; what is typed behind it narrows them.
export function useCanned({ text, editor, change, canned, inserted, onOffer, onInsert }) {
  const [typed, setTyped] = useState(null);
  const [active, setActive] = useState(0);
  const [empty, setEmpty] = useState([]);
  const place = useRef(null);
  const times = useRef(inserted.times);
  const asked = useRef(false);
  const words = typed?.word ?? "";
  const fits = (one) => one.shortcut.startsWith(words) || one.title.toLowerCase().includes(words);
  const found = typed ? canned.filter(fits).slice(0, SHOWN) : [];
  const open = found.length > 0;

  const look = (box) => {
    const match = box.selectionStart === box.selectionEnd && TYPED.exec(box.value.slice(0, box.selectionStart));
    if (!match) return setTyped(null);
    if (!asked.current) onOffer?.();
    asked.current = true;
    const from = box.selectionStart - match[2].length - 1;
    if (typed?.from !== from || typed.word !== match[2].toLowerCase()) {
      setTyped({ from, to: box.selectionStart, word: match[2].toLowerCase() });
      setActive(0);
    }
  };
  const choose = (one) => {
    place.current = typed;
    setTyped(null);
    onInsert?.(one.id);
  };
  useEffect(() => {
    if (inserted.times === times.current) return;
    times.current = inserted.times;
    if (!place.current) return;
    const { from, to } = place.current;
    place.current = null;
    change(text.slice(0, from) + inserted.text + text.slice(to));
    setEmpty(inserted.empty);
    const end = from + inserted.text.length;
    requestAnimationFrame(() => {
      editor.current?.focus();
      editor.current?.setSelectionRange(end, end);
    });
  }, [inserted.times]);
  useEffect(() => {
    if (!text) setEmpty([]);
  }, [text]);

  const press = (event) => {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + found.length) % found.length);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") choose(found[active]);
    else if (event.key === "Escape") setTyped(null);
    else return false;
    event.preventDefault();
    return true;
  };
  const aria = open
    ? { "aria-autocomplete": "list", "aria-controls": "chat-canned", "aria-activedescendant": `chat-canned-${active}` }
    : { "aria-autocomplete": "list" };
  return { open, found, active, choose, look, press, aria, empty, close: () => setTyped(null) };
}

export function CannedList({ slash }) {
  if (!slash.open) return null;
  return (
    <ul id="chat-canned" className="chat-canned" role="listbox" aria-label="Canned responses">
      {slash.found.map((one, index) => (
        <li
          key={one.id}
          id={`chat-canned-${index}`}
          className="option"
          role="option"
          aria-selected={index === slash.active}
          data-selected={index === slash.active}
          onMouseDown={(event) => {
            event.preventDefault();
            slash.choose(one);
          }}
        >
          <kbd>/{one.shortcut}</kbd>
          <span className="option-label">{one.title}</span>
          <span className="option-hint">{one.folder}</span>
        </li>
      ))}
    </ul>
  );
}
