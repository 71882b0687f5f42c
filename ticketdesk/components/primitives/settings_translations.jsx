import { Icon } from "$/ticketdesk/glyphs";
import { Choice, Line } from "$/ticketdesk/settings_parts";

const EMPTY = { label: "", help: "", options: {} };

// Words by language: a box for each, which `children(own, put)` fills, and a way to add another.
export function Languages({ words, languages, empty, onChange, children }) {
  const free = languages.filter(({ value }) => !(value in words));
  const put = (tag) => (values) => onChange({ ...words, [tag]: values });
  const drop = (tag) => {
    const { [tag]: gone, ...rest } = words;
    onChange(rest);
  };
  return (
    <div className="field">
      <span className="label">In other languages</span>
      {Object.entries(words).map(([tag, own]) => {
        const language = languages.find(({ value }) => value === tag)?.label ?? tag;
        return (
          <fieldset className="translation" key={tag} lang={tag} dir={tag === "ar" ? "rtl" : undefined}>
            <legend>
              {language}
              <button type="button" className="button quiet icon-only" aria-label={`Remove ${language}`} onClick={() => drop(tag)}>
                <Icon name="close" />
              </button>
            </legend>
            {children(own, put(tag))}
          </fieldset>
        );
      })}
      {free.length > 0 && (
        <Choice
          key={free.length}
          hidden
          label="Add a language"
          placeholder="Add a language"
          value=""
          options={free}
          onChange={(tag) => put(tag)(empty)}
        />
      )}
    </div>
  );
}

// One line for each choice: what it is called in this language; left empty it stays as it is.
export const Choices = ({ options, words = {}, onChange }) => (
  <div className="pair">
    {options.map((option) => (
      <Line
        key={option}
        label={option}
        value={words[option]}
        maxLength={200}
        placeholder={option}
        onChange={(said) => onChange({ ...words, [option]: said })}
      />
    ))}
  </div>
);

// A field's words in other languages; what is left empty stays in the first one.
export function Translations({ field, languages, onChange }) {
  const chooses = field.kind === "select" || field.kind === "multi_select";
  return (
    <Languages
      words={field.translations ?? {}}
      languages={languages}
      empty={EMPTY}
      onChange={(translations) => onChange({ ...field, translations })}
    >
      {(own, put) => (
        <>
          <div className="pair">
            <Line label="Label" value={own.label} maxLength={200} placeholder={field.label} onChange={(label) => put({ ...own, label })} />
            <Line label="Help" value={own.help} maxLength={500} placeholder={field.help} onChange={(help) => put({ ...own, help })} />
          </div>
          {chooses && <Choices options={field.options} words={own.options} onChange={(options) => put({ ...own, options })} />}
        </>
      )}
    </Languages>
  );
}
