import { useEffect, useId, useRef, useState } from "react";
import { File, FileArchive, FileAudio, FileCode, FileImage, FileSpreadsheet, FileText, FileVideo, Download, ShieldAlert, Trash2 } from "lucide-react";
import { Icon } from "$/ticketdesk/glyphs";

const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/;

export const spokenSize = (bytes) => {
  const units = ["bytes", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit && size < 10 ? size.toFixed(1).replace(/\.0$/, "") : Math.round(size)} ${units[unit]}`;
};

const endingOf = (name) => (name.includes(".") ? name.split(".").pop().toUpperCase() : "");
const KINDS = [
  [/^image\//, "Picture", FileImage],
  [/^video\//, "Video", FileVideo],
  [/^audio\//, "Audio", FileAudio],
  [/pdf$/, "PDF", FileText],
  [/spreadsheet|excel|csv/, "Spreadsheet", FileSpreadsheet],
  [/zip|gzip|rar|7z|tar|bzip|xz|zstd/, "Archive", FileArchive],
  [/json|xml|html|yaml|javascript/, "Code", FileCode],
  [/word|opendocument\.text|rtf/, "Document", FileText],
  [/^text\//, "Text", FileText],
];
const found = (kind = "") => KINDS.find(([pattern]) => pattern.test(kind)) ?? [null, "File", File];

export const kindOf = (kind, name) => {
  const ending = endingOf(name);
  const word = found(kind)[1];
  return word === "File" && ending && ending.length < 6 ? `${ending} file` : word;
};

export function FileIcon({ kind }) {
  const Shape = found(kind)[2];
  return <Shape className="icon file-icon" strokeWidth={1.5} aria-hidden="true" />;
}

const isPicture = (file) => file.state === "READY" && Boolean(file.thumb || (SHOWN.test(file.kind) && file.width));
const sourceOf = (file) => file.preview || (SHOWN.test(file.kind) ? file.url : file.thumb);

// A tile keeps its place before the picture is there: nothing jumps when it comes.
function Tile({ file, onOpen }) {
  const ratio = file.width && file.height ? Math.min(2.4, Math.max(0.6, file.width / file.height)) : 1.3;
  const [broken, setBroken] = useState(false);
  return (
    <li className="tile" style={{ "--ratio": ratio }}>
      <button type="button" className="tile-open" aria-label={`Look at ${file.name}`} title={`${file.name}, ${spokenSize(file.size)}`} onClick={onOpen}>
        {file.thumb && !broken ? (
          <img
            src={file.thumb}
            srcSet={file.preview ? `${file.thumb} 1x, ${file.preview} 2x` : undefined}
            alt=""
            loading="lazy"
            decoding="async"
            width={file.width || undefined}
            height={file.height || undefined}
            onError={() => setBroken(true)}
          />
        ) : (
          <span className="tile-empty">
            <FileIcon kind={file.kind} />
          </span>
        )}
        {file.kind === "application/pdf" && <span className="tile-kind">PDF</span>}
      </button>
    </li>
  );
}

function Line({ file, children }) {
  const state = { CHECKING: "Being checked for viruses", QUARANTINED: `Blocked: ${file.why || "a virus was found"}` }[file.state];
  const words = (
    <>
      {file.state === "QUARANTINED" ? <ShieldAlert className="icon file-icon" strokeWidth={1.5} aria-hidden="true" /> : <FileIcon kind={file.kind} />}
      <span className="file-line-words">
        <span className="file-line-name">{file.name}</span>
        <span className="file-line-facts">
          {state ?? `${kindOf(file.kind, file.name)}, ${spokenSize(file.size)}`}
        </span>
      </span>
    </>
  );
  return (
    <li className={`file-line ${file.state.toLowerCase()}`}>
      {file.state === "READY" ? (
        <a className="file-line-link" href={`${file.url}?disposition=attachment`} download={file.name} title={`Download ${file.name}`}>
          {words}
          <Download className="icon file-line-arrow" strokeWidth={1.75} aria-hidden="true" />
        </a>
      ) : (
        <span className="file-line-link">{words}</span>
      )}
      {children}
    </li>
  );
}

// One picture at a time over the whole screen: arrows walk, Escape closes, D downloads.
export function Lightbox({ files, at, onMove, onClose }) {
  const ref = useRef();
  const title = useId();
  const [ready, setReady] = useState(false);
  const file = at === null ? null : files[at];
  useEffect(() => {
    const box = ref.current;
    if (file && !box.open) box.showModal();
    if (!file && box.open) box.close();
  }, [file]);
  useEffect(() => {
    setReady(false);
    if (at === null) return;
    for (const near of [files[at + 1], files[at - 1]]) if (near) new Image().src = sourceOf(near);
  }, [at]);
  const step = (by) => onMove(Math.min(files.length - 1, Math.max(0, at + by)));
  const press = (event) => {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -files.length, End: files.length };
    if (event.key in moves) {
      event.preventDefault();
      step(moves[event.key]);
    } else if (event.key.toLowerCase() === "d" && !event.ctrlKey && !event.metaKey) {
      ref.current.querySelector("[data-download]").click();
    }
  };
  return (
    <dialog
      ref={ref}
      className="lightbox"
      aria-labelledby={title}
      onClose={onClose}
      onKeyDown={press}
      onClick={(event) => event.target.hasAttribute("data-backdrop") && ref.current.close()}
    >
      {file && (
        <>
          <header className="lightbox-head">
            <h2 id={title}>{file.name}</h2>
            <span className="lightbox-facts">
              {file.width > 0 && SHOWN.test(file.kind) ? `${file.width} × ${file.height}, ` : ""}
              {spokenSize(file.size)}
              {files.length > 1 ? ` · ${at + 1} of ${files.length}` : ""}
            </span>
            <span className="spring" />
            <a className="lightbox-button" data-download="" href={`${file.url}?disposition=attachment`} download={file.name} aria-label={`Download ${file.name}`} title="Download (D)">
              <Download className="icon" strokeWidth={1.75} aria-hidden="true" />
            </a>
            <button type="button" className="lightbox-button" aria-label="Close" title="Close (Esc)" onClick={() => ref.current.close()}>
              <Icon name="close" />
            </button>
          </header>
          <div className="lightbox-stage" data-backdrop="">
            <img
              key={file.id}
              src={sourceOf(file)}
              alt={file.name}
              width={file.width || undefined}
              height={file.height || undefined}
              data-ready={ready || undefined}
              onLoad={() => setReady(true)}
            />
            {files.length > 1 && (
              <>
                <button type="button" className="lightbox-step back" aria-label="Previous picture" disabled={at === 0} onClick={() => step(-1)}>
                  <Icon name="back" />
                </button>
                <button type="button" className="lightbox-step on" aria-label="Next picture" disabled={at === files.length - 1} onClick={() => step(1)}>
                  <Icon name="forward" />
                </button>
              </>
            )}
          </div>
        </>
      )}
    </dialog>
  );
}

const byName = (files, id) => {
  const index = files.findIndex((file) => file.id === id);
  return index < 0 ? null : index;
};

export function AttachmentGrid({ files = [] }) {
  const [open, setOpen] = useState(null);
  if (files.length === 0) return null;
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div className="attachments">
      {pictures.length > 0 && (
        <ul className="tiles" aria-label="Pictures">
          {pictures.map((file) => (
            <Tile key={file.id} file={file} onOpen={() => setOpen(file.id)} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="file-lines" aria-label="Files">
          {others.map((file) => (
            <Line key={file.id} file={file} />
          ))}
        </ul>
      )}
      {pictures.length > 0 && (
        <Lightbox files={pictures} at={byName(pictures, open)} onMove={(to) => setOpen(pictures[to].id)} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function Remove({ file, ticket }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");
  const remove = async () => {
    const answer = await fetch(`/api/tickets/${ticket}/attachments/${file.id}`, { method: "DELETE" }).catch(() => null);
    if (!answer?.ok) setProblem("Not removed. Try again.");
  };
  if (!asked)
    return (
      <button type="button" className="upload-button" aria-label={`Remove ${file.name}`} title="Remove" onClick={() => setAsked(true)}>
        <Trash2 className="icon" strokeWidth={1.75} aria-hidden="true" />
      </button>
    );
  return (
    <span className="file-line-sure" role="group" aria-label={`Remove ${file.name} for good?`}>
      {problem && <span role="alert">{problem}</span>}
      <button type="button" className="button danger small" autoFocus onClick={remove}>
        Remove
      </button>
      <button type="button" className="button quiet small" onClick={() => setAsked(false)}>
        Keep
      </button>
    </span>
  );
}

// All files of a ticket in one list, wherever they came in.
export function FileList({ files = [], ticket, removable = false }) {
  if (files.length === 0) return null;
  const ready = files.filter((file) => file.state === "READY");
  return (
    <div className="file-list">
      <ul className="file-lines" aria-label="Files of this ticket">
        {files.map((file) => (
          <Line key={file.id} file={file}>
            {removable && <Remove file={file} ticket={ticket} />}
          </Line>
        ))}
      </ul>
      {ready.length > 1 && (
        <a className="button quiet" href={`/api/tickets/${ticket}/attachments.zip`} download="">
          <Download className="icon" strokeWidth={1.75} aria-hidden="true" />
          Download all ({spokenSize(ready.reduce((sum, file) => sum + file.size, 0))})
        </a>
      )}
    </div>
  );
}
