import { useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Choices, Languages } from "$/ticketdesk/settings_translations";
import { Kept, Line, Moves, useRows } from "$/ticketdesk/settings_parts";

const PATH = "embedConfig.categories";

// A renamed category keeps the words it has in other languages.
const renamed = (words, from, to) =>
  Object.fromEntries(
    Object.entries(words).map(([tag, { [from]: said, ...rest }]) => [tag, said === undefined ? rest : { ...rest, [to]: said }]),
  );

// The categories in their order, and what each is called in other languages.
export function CategoriesEditor({ initial = [], translations = {}, languages = [], problems = {} }) {
  const list = useRows(initial);
  const [words, setWords] = useState(translations);
  const [fresh, setFresh] = useState("");
  const add = () => {
    if (!fresh.trim()) return;
    list.add(fresh.trim());
    setFresh("");
  };
  const rename = (at, from, to) => {
    // Two of one name share their words until one of them is called something else.
    if (list.values.filter((name) => name === from || name === to).length === 1) setWords((now) => renamed(now, from, to));
    list.change(at, to);
  };
  return (
    <div className="editor">
      <Kept name="categories" value={list.values} />
      <Kept name="categoryTranslations" value={words} />
      {list.rows.length === 0 && <p className="card-lead">No categories: the form does not ask for one.</p>}
      <ul className="editor-rows" aria-label="The list">
        {list.rows.map(({ key, value }, at) => (
          <li className="editor-line" key={key}>
            <Line
              hidden
              label={`Category ${at + 1}`}
              value={value}
              maxLength={100}
              problem={problems[`${PATH}.${at}`]}
              onChange={(name) => rename(at, value, name)}
            />
            <Moves name={value} at={at} of={list.rows.length} onMove={list.move} onRemove={list.remove} />
          </li>
        ))}
      </ul>
      <div className="editor-line">
        <Line
          hidden
          label="New category"
          placeholder="New category"
          value={fresh}
          maxLength={100}
          onChange={setFresh}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add();
          }}
        />
        <button type="button" className="button" onClick={add}>
          <Icon name="plus" />
          Add
        </button>
      </div>
      {list.rows.length > 0 && (
        <Languages words={words} languages={languages} empty={{}} onChange={setWords}>
          {(own, put) => <Choices options={[...new Set(list.values)]} words={own} onChange={put} />}
        </Languages>
      )}
    </div>
  );
}
