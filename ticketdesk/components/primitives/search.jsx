import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { Glyph, Icon } from "$/ticketdesk/glyphs";
import { ORIGIN, PRIORITY, STATUS } from "$/ticketdesk/words";

const APPLY_AFTER = 220;
const MOST = 8;

const named = (table, glyph) =>
  Object.entries(table).map(([value, label]) => ({ value: value.toLowerCase(), label, glyph: glyph && `${glyph}:${value}` }));

// What each filter of the search language takes; `open` ones also take what is not in the list.
const fieldsOf = ({ people, categories, tags }) => ({
  status: { hint: "open, waiting…", values: [...named(STATUS, "status"), { value: "active", label: "All that somebody works on" }, { value: "waiting", label: "All that wait" }] },
  priority: { hint: "high, >=high", values: named(PRIORITY, "priority"), open: /^[<>]=?\w+$/ },
  assignee: { hint: "me, none, a name", values: people.map((one) => ({ ...one, value: ["me", "none"].includes(one.value) ? one.value : one.label.toLowerCase() })) },
  category: { hint: "one of yours", values: categories, open: /./ },
  tag: { hint: "one in use", values: tags, open: /./ },
  from: { hint: "a name, @company.com", values: [], open: /./ },
  sla: { hint: "due_soon, breached", values: ["ok", "due_soon", "breached", "paused", "met"].map((value) => ({ value, label: value.replace("_", " ") })) },
  source: { hint: "email, chat…", values: named(ORIGIN) },
  created: { hint: "<7d, 2026-01-31", values: ["<1d", "<7d", "<30d", ">30d"].map((value) => ({ value, label: value })), open: /^[<>]?=?(\d+[hdwmy]|\d{4}-\d\d-\d\d)$/ },
  updated: { hint: "<1d, >2w", values: ["<1h", "<1d", "<7d", ">14d"].map((value) => ({ value, label: value })), open: /^[<>]?=?(\d+[hdwmy]|\d{4}-\d\d-\d\d)$/ },
  has: { hint: "attachment", values: [{ value: "attachment", label: "With a file" }] },
  is: { hint: "unread, unassigned", values: [{ value: "unread", label: "Not read yet" }, { value: "unassigned", label: "Nobody has it" }] },
});

// The word at the caret: where it begins and ends, its minus, its filter and the value being typed.
const wordAt = (text, caret) => {
  const before = text.slice(0, caret);
  const begun = before.match(/(?:^|\s)(-?(?:\w+:)?(?:"[^"]*|[^\s"]*))$/);
  const word = begun ? begun[1] : "";
  const [, minus, key, value] = word.match(/^(-?)(?:(\w+):)?"?(.*)$/);
  const last = key ? value.split(",").pop() : value;
  return { start: caret - word.length, word, minus, key: key?.toLowerCase(), value: key ? value : "", last };
};

const suggest = (fields, at) => {
  const wanted = at.last.toLowerCase();
  if (!at.key) {
    if (at.word && at.word === at.minus) return [];
    return Object.entries(fields)
      .filter(([key]) => key.startsWith(wanted))
      .map(([key, { hint }]) => ({ insert: `${at.minus}${key}:`, label: `${key}:`, hint, goesOn: true }));
  }
  const field = fields[at.key];
  if (!field) return [];
  const bare = wanted.replace(/^[<>]=?/, "");
  const sign = wanted.slice(0, wanted.length - bare.length);
  const typed = at.value.slice(0, at.value.length - at.last.length);
  return field.values
    .filter(({ value, label }) => (at.key === "created" || at.key === "updated" ? value.startsWith(wanted) : value.toLowerCase().startsWith(bare) || label.toLowerCase().startsWith(bare)))
    .slice(0, MOST)
    .map(({ value, label, glyph }) => {
      const whole = `${typed}${at.key === "priority" ? sign : ""}${value}`;
      return { insert: `${at.minus}${at.key}:${/\s/.test(whole) ? `"${whole}"` : whole}`, label, hint: value === label ? "" : value, glyph };
    });
};

// Half a filter is not a mistake while somebody still types it.
const unfinished = (fields, at) => {
  if (!at.key) return false;
  const field = fields[at.key];
  if (!field) return false;
  if (!at.last) return true;
  return !field.values.some(({ value }) => value === at.last.toLowerCase()) && !field.open?.test(at.last);
};

export function SearchBox({ label, placeholder, shortcut, problem = "", wrong = "", people = [], categories = [], tags = [] }) {
  const [params, setParams] = useSearchParams();
  const text = params.get("q") ?? "";
  const [typed, setTyped] = useState(text);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef();
  const timer = useRef();
  const list = useId();
  const own = useRef(text);
  const place = useRef(null);
  // What came from here stays as it was typed, blanks and all; somebody may have typed on meanwhile.
  useEffect(() => {
    if (text !== own.current) setTyped(text);
    own.current = text;
  }, [text]);
  useLayoutEffect(() => {
    if (place.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(place.current, place.current);
    place.current = null;
  }, [typed]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const fields = fieldsOf({ people, categories, tags });
  const at = wordAt(typed, caret);
  const shown = open ? suggest(fields, at).slice(0, at.key ? MOST : 12) : [];
  const mistaken = problem && typed.trim() === text && text && (!wrong || text.includes(wrong));

  const apply = (value, delay) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const wanted = value.trim();
      if (wanted === text) return;
      own.current = wanted;
      setParams(
        () => {
          const after = new URLSearchParams(location.search);
          after.delete("after");
          if (wanted) after.set("q", wanted);
          else after.delete("q");
          return after;
        },
        { replace: Boolean(text) },
      );
    }, delay);
  };
  const type = (value, where) => {
    setTyped(value);
    setCaret(where);
    setOpen(true);
    setActive(-1);
    clearTimeout(timer.current);
    if (!unfinished(fields, wordAt(value, where))) apply(value, APPLY_AFTER);
  };
  const take = ({ insert, goesOn }) => {
    const rest = typed.slice(caret).replace(/^\S*/, "");
    const value = `${typed.slice(0, at.start)}${insert}${goesOn ? "" : rest.startsWith(" ") ? "" : " "}${rest}`;
    place.current = at.start + insert.length + (goesOn ? 0 : 1);
    type(value, place.current);
  };
  const press = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) setOpen(true);
      if (shown.length === 0) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((before) => (before + step + shown.length + (before < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && active >= 0 && shown[active]) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === "Enter") {
      setOpen(false);
      apply(typed, 0);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (shown.length) return setOpen(false);
      setTyped("");
      apply("", 0);
      field.current.blur();
    }
  };
  const look = (event) => setCaret(event.target.selectionStart ?? typed.length);
  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={shown.length > 0 ? list : undefined}
        aria-activedescendant={active >= 0 && shown[active] ? `${list}-${active}` : undefined}
        aria-invalid={mistaken ? true : undefined}
        aria-describedby={mistaken ? `${list}-problem` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        data-key={shortcut}
        maxLength={400}
        onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onSelect={look}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          apply(typed, 0);
        }}
        onKeyDown={press}
      />
      <kbd aria-hidden="true">{shortcut}</kbd>
      {shown.length > 0 && (
        <ul id={list} role="listbox" aria-label="Suggestions" className="pop search-pop">
          {shown.map((one, index) => (
            <li
              key={one.insert}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className="option"
              data-highlighted={index === active ? "" : undefined}
              onPointerDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              {one.glyph && <Glyph of={one.glyph} />}
              <span className="option-label">{one.label}</span>
              <span className="option-hint">{one.hint}</span>
            </li>
          ))}
        </ul>
      )}
      {mistaken && shown.length === 0 && (
        <p id={`${list}-problem`} className="pop search-problem" role="alert">
          <Icon name="alert" />
          <span>
            {wrong && <code>{wrong}</code>} {problem}
          </span>
        </p>
      )}
    </div>
  );
}

// The words of a search that are to be marked where they are found: no filters, nothing excluded.
const markedOf = (query) => {
  const words = query
    .replace(/-?\w+:("[^"]*"|\S+)/g, " ")
    .replace(/(^|\s)-("[^"]*"|\S+)/g, " ")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words ? [...new Set(words)].slice(0, 10) : [];
};

export function Marked({ text }) {
  const [params] = useSearchParams();
  const words = markedOf(params.get("q") ?? "");
  if (words.length === 0 || !text) return text ?? null;
  const parts = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu"));
  return parts.map((part, index) => (index % 2 ? <mark key={index}>{part}</mark> : part));
}

// A line of where the words stand, when that is not the subject.
export function Found({ text }) {
  return text ? (
    <span className="row-found">
      <Marked text={text} />
    </span>
  ) : null;
}
