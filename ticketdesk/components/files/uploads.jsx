import { createContext, useContext, useEffect, useId, useRef, useState } from "react";
import { FilePlus2, RotateCw } from "lucide-react";
import { Icon } from "$/ticketdesk/glyphs";
import { FileIcon, spokenSize } from "$/ticketdesk/gallery";
import { useUploads } from "$/ticketdesk/file_sending";
import { named } from "$/ticketdesk/pictures";

export { useUploads };

// The uploads of the form that a text stands in: a picture pasted into the text goes with them.
const FormUploads = createContext(null);
export const useFormUploads = () => useContext(FormUploads);

const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// Takes what is dropped anywhere on the screen and pasted inside. A drop beside it would otherwise
// make the browser leave the page for the file.
export function DropZone({ uploads, className = "", children, disabled = false }) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const taking = useRef(uploads);
  taking.current = uploads;
  useEffect(() => {
    if (disabled) return undefined;
    const enter = (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(true);
    };
    const hover = (event) => carries(event) && event.preventDefault();
    const leave = (event) => {
      if (!carries(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    };
    const drop = (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      taking.current.add([...event.dataTransfer.files].map(named));
    };
    const listeners = { dragenter: enter, dragover: hover, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
    };
  }, [disabled]);
  const paste = (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Rich text brings a picture of itself along; the words are meant then.
    if (disabled || files.length === 0 || event.clipboardData.types.includes("text/html")) return;
    event.preventDefault();
    uploads.add(files.map(named));
  };
  return (
    <div className={`drop-zone ${className}${over ? " over" : ""}`} onPaste={paste}>
      {children}
      {over && (
        <div className="drop-here" aria-hidden="true">
          <FilePlus2 className="icon" strokeWidth={1.75} />
          Drop to attach
        </div>
      )}
    </div>
  );
}

export function AttachButton({ uploads, label = "Attach files", quiet = true, shortcut, describedby, disabled = false }) {
  const input = useRef();
  return (
    <>
      <button
        type="button"
        className={quiet ? "button quiet icon-only" : "button"}
        aria-label={quiet ? label : undefined}
        title={label}
        aria-describedby={describedby}
        data-key={shortcut}
        disabled={disabled}
        onClick={() => input.current.click()}
      >
        <Icon name="paperclip" />
        {!quiet && label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          uploads.add(event.target.files);
          event.target.value = "";
        }}
      />
    </>
  );
}

const WORDS = { waiting: "Waiting", sending: "Uploading", checking: "Checking", done: "", failed: "" };

function Upload({ item, uploads }) {
  const percent = Math.round(item.part * 100);
  const running = ["waiting", "sending", "checking"].includes(item.state);
  const said = item.problem || (item.state === "sending" ? `${percent} %` : WORDS[item.state]);
  const [shown, setShown] = useState(item.preview || item.thumb || "");
  return (
    <li className={`upload ${item.state}`}>
      <span className="upload-picture">
        {shown ? <img src={shown} alt="" onError={() => setShown("")} /> : <FileIcon kind={item.kind} name={item.name} />}
      </span>
      <span className="upload-words">
        <span className="upload-name" title={item.name}>
          {item.name}
        </span>
        <span className="upload-facts">
          {!item.problem && <span>{spokenSize(item.size)}</span>}
          {said && <span className={item.problem ? "upload-problem" : undefined}>{said}</span>}
        </span>
        {running && (
          <progress
            className="upload-progress"
            aria-label={`Upload of ${item.name}`}
            max={100}
            value={item.state === "checking" ? undefined : percent}
          />
        )}
      </span>
      {item.state === "failed" && !item.final && (
        <button type="button" className="upload-button" aria-label={`Try ${item.name} again`} title="Try again" onClick={() => uploads.retry(item.key)}>
          <RotateCw className="icon" strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className="upload-button"
        aria-label={running ? `Cancel ${item.name}` : `Remove ${item.name}`}
        title={running ? "Cancel" : "Remove"}
        onClick={() => uploads.remove(item.key)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

// The files that will go with the message, each with its progress.
export function UploadTray({ uploads }) {
  const { items } = uploads;
  const done = items.filter((one) => one.state === "done").length;
  const failed = items.filter((one) => one.state === "failed");
  const said = items.length ? `${done} of ${items.length} files ready${failed.length ? `. ${failed[0].name}: ${failed[0].problem}` : ""}` : "";
  return (
    <>
      {items.length > 0 && (
        <ul className="uploads" aria-label="Files to send">
          {items.map((item) => (
            <Upload key={item.key} item={item} uploads={uploads} />
          ))}
        </ul>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}

// The same for a form: what has arrived travels in a hidden field.
export function UploadField({ name = "attachmentIds", kept = [], label = "Attach files", maxBytes = 0, maxFiles = 0, problem = "", children }) {
  const uploads = useUploads({ kept, maxBytes, maxFiles });
  const hidden = useRef();
  const ids = JSON.stringify(uploads.ids);
  const told = useRef(ids);
  const help = useId();
  useEffect(() => {
    if (ids === told.current) return;
    told.current = ids;
    hidden.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [ids]);
  return (
    <DropZone uploads={uploads} className="upload-field">
      <FormUploads.Provider value={uploads}>{children}</FormUploads.Provider>
      <UploadTray uploads={uploads} />
      <div className="upload-foot">
        <AttachButton uploads={uploads} label={label} quiet={false} describedby={help} />
        <span id={help} className="upload-help">
          or drop and paste them here{maxBytes ? `, up to ${spokenSize(maxBytes)} each` : ""}
        </span>
      </div>
      {problem && (
        <span className="field-problem" role="alert">
          <Icon name="alert" />
          {problem}
        </span>
      )}
      <input ref={hidden} type="hidden" name={name} data-many="" value={ids} readOnly />
    </DropZone>
  );
}
