import { useEffect, useRef, useState } from "react";
import { usePictures } from "$/ticketdesk/pictures";
import { RichText, Tools } from "$/ticketdesk/rich_text";
import { useFormUploads } from "$/ticketdesk/uploads";

const LONGEST = 200_000;
const NO_UPLOADS = { items: [], add: () => {} };

// A rich text as a form field: its HTML travels in a hidden input. Within an upload field, pictures may be
// pasted into it.
export function RichField({ name, label, initial = "", placeholder = "", invalid = false, describedby }) {
  const [value, setValue] = useState(initial);
  const [editor, setEditor] = useState(null);
  const [long, setLong] = useState(false);
  const handle = useRef(null);
  const hidden = useRef();
  const told = useRef(initial);
  const uploads = useFormUploads();
  const pictures = usePictures(uploads ?? NO_UPLOADS, handle);
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
        onPictures={uploads ? pictures : undefined}
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
