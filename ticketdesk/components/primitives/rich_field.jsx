import { useEffect, useRef, useState } from "react";
import { RichText, Tools } from "$/ticketdesk/rich_text";

const LONGEST = 200_000;

// A rich text as a form field: its HTML travels in a hidden input.
export function RichField({ name, label, initial = "", placeholder = "", invalid = false, describedby }) {
  const [value, setValue] = useState(initial);
  const [editor, setEditor] = useState(null);
  const [long, setLong] = useState(false);
  const handle = useRef(null);
  const hidden = useRef();
  const told = useRef(initial);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    hidden.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [value]);
  return (
    <div className="rich-field">
      <RichText
        handle={handle}
        label={label}
        placeholder={placeholder}
        value={value}
        longest={LONGEST}
        invalid={invalid}
        describedby={describedby}
        onReady={setEditor}
        onChange={(html) => {
          setLong(html.length > LONGEST);
          if (html.length <= LONGEST) setValue(html);
        }}
        onKey={(event) => (event.key === "Enter" && (event.ctrlKey || event.metaKey) ? (hidden.current?.form.requestSubmit(), true) : false)}
        onTooLong={() => setLong(true)}
      />
      <Tools editor={editor} />
      {long && (
        <p className="field-problem" role="alert">
          That is more text than fits here. What you wrote is unchanged; attach the rest as a file.
        </p>
      )}
      <input ref={hidden} type="hidden" name={name} value={value} readOnly />
    </div>
  );
}
