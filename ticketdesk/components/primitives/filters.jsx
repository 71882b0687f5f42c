import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { Picker } from "$/ticketdesk/picker";
import { Icon } from "$/ticketdesk/glyphs";

// Filters live in the address, so that a view can be shared and the back button works. It is read when one
// changes a filter: what the screen still shows may be the address before the last change.
const useParam = (name) => {
  const [params, setParams] = useSearchParams();
  const set = (value, options) =>
    setParams(() => {
      const after = new URLSearchParams(location.search);
      after.delete("after");
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    }, options);
  return [params.get(name) ?? "", set];
};

export function FilterChip({ param, label, options, multiple = false, prompt, shortcut }) {
  const [text, setText] = useParam(param);
  const values = text ? text.split(",") : [];
  return (
    <span className={`chip${values.length ? " on" : ""}`}>
      <Picker
        look="chip"
        label={label}
        prompt={prompt || `Filter by ${label.toLowerCase()}…`}
        options={options}
        multiple={multiple}
        shortcut={shortcut}
        value={multiple ? values : text}
        onPick={(picked) => setText(multiple ? picked.join(",") : picked === text ? "" : picked)}
      />
      {values.length > 0 && (
        <button type="button" className="chip-clear" aria-label={`Clear ${label.toLowerCase()}`} onClick={() => setText("")}>
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

export function ClearFilters({ params, children }) {
  const [search, setSearch] = useSearchParams();
  const set = params.filter((name) => search.get(name));
  if (set.length === 0) return null;
  const clear = () =>
    setSearch(() => {
      const after = new URLSearchParams(location.search);
      for (const name of [...set, "after"]) after.delete(name);
      return after;
    });
  return (
    <button type="button" className="button quiet" onClick={clear}>
      {children ?? "Clear filters"}
    </button>
  );
}

export function SortMenu({ options }) {
  const [text, setText] = useParam("sort");
  return (
    <Picker
      look="quiet"
      label="Sort"
      prompt="Sort by…"
      align="end"
      options={options}
      value={text || options[0].value}
      onPick={(picked) => setText(picked === options[0].value ? "" : picked)}
    />
  );
}

// Two days between which one looks; both are in the address once they make a period.
export function DateRange({ since = "", until = "", own = false }) {
  const [, setSearch] = useSearchParams();
  const [days, setDays] = useState({ since, until });
  useEffect(() => setDays({ since, until }), [since, until]);
  const change = (name) => (event) => {
    const next = { ...days, [name]: event.target.value };
    setDays(next);
    if (!next.since || !next.until || next.since > next.until) return;
    setSearch(() => {
      const after = new URLSearchParams(location.search);
      after.delete("days");
      for (const key of ["since", "until"]) after.set(key, next[key]);
      return after;
    });
  };
  const wrong = Boolean(days.since && days.until && days.since > days.until);
  const day = (name, label) => (
    <input
      type="date"
      className="input"
      aria-label={label}
      aria-invalid={wrong || undefined}
      title={wrong ? "A period ends where it begins, or later" : undefined}
      value={days[name]}
      onChange={change(name)}
    />
  );
  return (
    <span className={`date-range${own ? " current" : ""}`} role="group" aria-label="Own period">
      {day("since", "From")}
      <span aria-hidden="true">–</span>
      {day("until", "To")}
    </span>
  );
}
