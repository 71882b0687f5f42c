import { useSearchParams } from "react-router";
import { Picker } from "$/ticketdesk/picker";
import { Icon } from "$/ticketdesk/glyphs";

// Filters live in the address, so that a view can be shared and the back button works.
const useParam = (name) => {
  const [params, setParams] = useSearchParams();
  const set = (value, options) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
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
    setSearch((before) => {
      const after = new URLSearchParams(before);
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
