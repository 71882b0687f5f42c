import { Icon } from "$/ticketdesk/glyphs";
import { Choice, Line } from "$/ticketdesk/settings_parts";

const EMPTY = { label: "", help: "", options: {} };

// A field's words in other languages; what is left empty stays in the first one.
export function Translations({ field, languages, onChange }) {
  const words = field.translations ?? {};
  const free = languages.filter(({ value }) => !(value in words));
  const put = (tag, values) => onChange({ ...field, translations: { ...words, [tag]: values } });
  const drop = (tag) => {
    const { [tag]: gone, ...rest } = words;
    onChange({ ...field, translations: rest });
  };
  const chooses = field.kind === "select" || field.kind === "multi_select";
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
            <div className="pair">
              <Line label="Label" value={own.label} maxLength={200} placeholder={field.label} onChange={(label) => put(tag, { ...own, label })} />
              <Line label="Help" value={own.help} maxLength={500} placeholder={field.help} onChange={(help) => put(tag, { ...own, help })} />
            </div>
            {chooses &&
              field.options.map((option) => (
                <Line
                  key={option}
                  label={option}
                  value={own.options?.[option]}
                  maxLength={200}
                  placeholder={option}
                  onChange={(said) => put(tag, { ...own, options: { ...own.options, [option]: said } })}
                />
              ))}
          </fieldset>
        );
      })}
      {free.length > 0 && (
        <Choice hidden label="Add a language" placeholder="Add a language" value="" options={free} onChange={(tag) => put(tag, EMPTY)} />
      )}
    </div>
  );
}
