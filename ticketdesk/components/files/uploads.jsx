import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { FilePlus2, RotateCw } from "lucide-react";
import { Icon } from "$/ticketdesk/glyphs";
import { FileIcon, spokenSize } from "$/ticketdesk/gallery";

const AT_ONCE = 3;
const DRAWN = /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/;
const OFF = "The connection broke off. Try again.";

let counter = 0;
const fresh = (file) => ({
  key: `upload-${++counter}`,
  name: file.name,
  size: file.size,
  kind: file.type,
  file,
  preview: DRAWN.test(file.type) && file.size < 40_000_000 ? URL.createObjectURL(file) : "",
  state: "waiting",
  part: 0,
  problem: "",
  id: "",
});

const reasonOf = (request) => {
  try {
    return JSON.parse(request.responseText).error.message;
  } catch {
    return request.status === 413 ? "This file is too large." : "That did not work. Try again.";
  }
};

// A pasted screenshot has no name of its own; the moment tells one from the next.
const named = (file) => {
  if (file.name && file.name !== "image.png") return file;
  const stamp = new Date().toLocaleString("sv-SE").replaceAll(":", ".");
  const ending = (file.type.split("/")[1] || "png").replace("jpeg", "jpg");
  return new File([file], `Pasted ${stamp}.${ending}`, { type: file.type });
};

const arrived = (tile) => ({ ...tile, key: `upload-${++counter}`, preview: "", state: "done", part: 1, problem: "" });

// Files on their way: `items` to show, `ids` of those that have arrived, and what one can do.
// `kept` are tiles that a draft names.
export function useUploads({ kept = [], maxBytes = 0, maxFiles = 0 } = {}) {
  const [items, setItems] = useState(() => kept.map(arrived));
  const requests = useRef(new Map());
  const latest = useRef(items);
  latest.current = items;

  const change = useCallback((key, values) => {
    setItems((before) => before.map((one) => (one.key === key ? { ...one, ...values } : one)));
  }, []);

  // The page may come back from before a reload, and the draft that the server has a moment later:
  // it takes the place of the earlier one unless somebody has changed the list meanwhile.
  const draft = kept.map((one) => one.id).join();
  const untouched = useRef(draft);
  useEffect(() => {
    if (draft === untouched.current) return;
    const present = latest.current.map((one) => one.id).join();
    if (present === untouched.current) setItems(kept.map(arrived));
    untouched.current = draft;
  }, [draft]);

  const send = useCallback(
    (item) => {
      const request = new XMLHttpRequest();
      requests.current.set(item.key, request);
      request.open("POST", "/api/attachments");
      request.responseType = "text";
      request.upload.onprogress = ({ loaded, total }) => change(item.key, { part: total ? loaded / total : 0 });
      request.upload.onload = () => change(item.key, { part: 1, state: "checking" });
      request.onload = () => {
        requests.current.delete(item.key);
        if (request.status === 201) {
          const [arrived] = JSON.parse(request.responseText).attachments;
          change(item.key, { state: "done", part: 1, id: arrived.id, name: arrived.originalName, file: null });
        } else change(item.key, { state: "failed", problem: reasonOf(request) });
      };
      request.onerror = () => {
        requests.current.delete(item.key);
        change(item.key, { state: "failed", problem: OFF });
      };
      const body = new FormData();
      body.append("file", item.file, item.name);
      change(item.key, { state: "sending", part: 0, problem: "" });
      request.send(body);
    },
    [change],
  );

  useEffect(() => {
    const busy = items.filter((one) => one.state === "sending" || one.state === "checking").length;
    const next = items.filter((one) => one.state === "waiting" && !requests.current.has(one.key));
    next.slice(0, Math.max(0, AT_ONCE - busy)).forEach(send);
  }, [items, send]);

  useEffect(
    () => () => {
      for (const request of requests.current.values()) request.abort();
      for (const one of latest.current) if (one.preview.startsWith("blob:")) URL.revokeObjectURL(one.preview);
    },
    [],
  );

  const add = useCallback(
    (files) => {
      setItems((before) => {
        const room = maxFiles ? maxFiles - before.length : Infinity;
        const added = [...files].map((file, index) => {
          const item = fresh(file);
          if (index >= room) return { ...item, state: "failed", problem: `At most ${maxFiles} files.`, final: true };
          if (file.size === 0) return { ...item, state: "failed", problem: "This file is empty.", final: true };
          if (maxBytes && file.size > maxBytes)
            return { ...item, state: "failed", problem: `Larger than ${spokenSize(maxBytes)}.`, final: true };
          return item;
        });
        return [...before, ...added];
      });
    },
    [maxBytes, maxFiles],
  );

  // Cancels what is on its way, takes back what has arrived, or forgets what failed.
  const remove = useCallback((key) => {
    const item = latest.current.find((one) => one.key === key);
    requests.current.get(key)?.abort();
    requests.current.delete(key);
    if (item?.preview.startsWith("blob:")) URL.revokeObjectURL(item.preview);
    if (item?.id) fetch(`/api/attachments/${item.id}`, { method: "DELETE", keepalive: true }).catch(() => {});
    setItems((before) => before.filter((one) => one.key !== key));
  }, []);

  const retry = useCallback((key) => change(key, { state: "waiting", problem: "", part: 0 }), [change]);

  // Another message's files instead: those of a draft, or none once it was sent and they belong to it.
  const restore = useCallback((tiles = []) => {
    for (const request of requests.current.values()) request.abort();
    requests.current.clear();
    for (const one of latest.current) if (one.preview.startsWith("blob:")) URL.revokeObjectURL(one.preview);
    setItems(tiles.map(arrived));
  }, []);

  const ids = useMemo(() => items.filter((one) => one.id).map((one) => one.id), [items]);
  const busy = items.some((one) => ["waiting", "sending", "checking"].includes(one.state));
  return { items, ids, busy, add, remove, retry, restore };
}

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
      {children}
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
