import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { Copies, CopyButtons } from "$/ticketdesk/copies";
import { SAVE_AFTER, keep, kept, lastKind, useBeat, useReturn, useSaver } from "$/ticketdesk/drafting";
import { MacroMenu } from "$/ticketdesk/macro_menu";
import { usePictures } from "$/ticketdesk/pictures";
import { RichText, Tools } from "$/ticketdesk/rich_text";
import { Problem, SendMenu, TooLong, Warnings } from "$/ticketdesk/sending";
import { Suggestions, useSuggest } from "$/ticketdesk/suggest";
import { AttachButton, DropZone, UploadTray, useUploads } from "$/ticketdesk/uploads";

const KINDS = [
  ["reply", "Reply", "r"],
  ["note", "Internal note", "n"],
];
// What one event to the server may carry; the server says no beyond it as well.
const LONGEST = 200_000;
const NO_COPIES = { cc: [], bcc: [] };

// Keeps both texts until the server says that one was sent; nothing typed is lost to a bad line.
export function Composer({
  writer = "",
  ticket,
  reply = "",
  note = "",
  replyFiles = [],
  noteFiles = [],
  copies = NO_COPIES,
  maxBytes = 0,
  maxFiles = 0,
  latest = "",
  recipient,
  sent = 0,
  failed = 0,
  problem = "",
  newer = false,
  doubts = [],
  canned = [],
  people = [],
  macros = [],
  inserted = { times: 0, html: "", empty: [], unknown: [] },
  looked = { id: "" },
  onOffer,
  onInsert,
  onLook,
  onMacro,
  onSend,
  onSave,
  beatSeconds = 4,
  onBeat,
}) {
  const handle = useRef(null);
  const [kind, setKind] = useState(lastKind);
  const [texts, setTexts] = useState(() => kept(writer, ticket, { reply, note }));
  const [others, setOthers] = useState(copies);
  const [copying, setCopying] = useState({ cc: false, bcc: false });
  const [wrong, setWrong] = useState({ cc: false, bcc: false });
  const [flying, setFlying] = useState(null);
  const [editor, setEditor] = useState(null);
  const [pasted, setPasted] = useState("");
  const seen = useRef(latest);
  const shown = useRef(ticket);
  const saved = useRef({});
  const tried = useRef({ kind: "", then: "" });
  const saver = useSaver();
  const beat = useBeat(ticket, beatSeconds, onBeat);
  const comeBack = useReturn(ticket, kind, handle);
  const text = texts[kind];
  // Two lists, too: a file for the team never leaves with a reply.
  const files = {
    reply: useUploads({ kept: replyFiles, maxBytes, maxFiles }),
    note: useUploads({ kept: noteFiles, maxBytes, maxFiles }),
  };
  const pictures = {
    reply: usePictures(files.reply, handle, kind === "reply"),
    note: usePictures(files.note, handle, kind === "note"),
  };
  const uploads = files[kind];
  const named = JSON.stringify([uploads.ids, kind === "reply" && others]);
  const tooLong = text.length > LONGEST;

  useEffect(() => {
    // The server forgot the page for a moment: what is typed stays.
    if (!ticket || ticket === shown.current) return;
    shown.current = ticket;
    setTexts(kept(writer, ticket, { reply, note }));
    setOthers(copies);
    setCopying({ cc: false, bcc: false });
    setWrong({ cc: false, bcc: false });
    files.reply.restore(replyFiles);
    files.note.restore(noteFiles);
    saved.current = {};
    setFlying(null);
    seen.current = latest;
  }, [ticket]);

  // A draft from the server fills an editor that is still empty.
  useEffect(() => {
    setTexts((before) => ({ reply: before.reply || reply, note: before.note || note }));
  }, [reply, note]);
  const copied = JSON.stringify(copies);
  useEffect(() => {
    saved.current = {};
    setOthers(copies);
  }, [copied]);

  useEffect(() => {
    if (!flying) return;
    setTexts((before) => ({ ...before, [flying]: "" }));
    keep(writer, ticket, flying, "");
    saved.current = {};
    setCopying({ cc: false, bcc: false });
    files[flying].restore();
    setFlying(null);
    seen.current = undefined;
  }, [sent]);
  useEffect(() => setFlying(null), [failed]);

  const save = (value, soon) => {
    if (value.length > LONGEST) return;
    saver.save(() => onSave?.(kind, value, files[kind].ids, others.cc, others.bcc), soon);
  };

  // The draft names what has arrived and who gets copies, so that it is there again on another device.
  useEffect(() => {
    const before = saved.current[kind];
    saved.current[kind] = named;
    if (before !== undefined && before !== named) save(texts[kind], 0);
  }, [named, kind]);

  const change = (value) => {
    // What counts as read is what was there when the writing began.
    if (!texts[kind]) seen.current = latest;
    setTexts((before) => ({ ...before, [kind]: value }));
    keep(writer, ticket, kind, value);
    // Doubts were about what stood here.
    if (!value) tried.current = { kind: "", then: "" };
    save(value, SAVE_AFTER);
    beat.type();
  };

  const misaddressed = kind === "reply" && (wrong.cc || wrong.bcc);
  const blocked = !text || tooLong || misaddressed || Boolean(flying) || uploads.busy;
  const send = (then = "", anyway = "") => {
    if (blocked) return;
    saver.drop();
    beat.rest();
    setFlying(kind);
    tried.current = { kind, then };
    onSend?.(kind, text, then, seen.current ?? latest, anyway, uploads.ids, others.cc, others.bcc);
  };

  const offered = useSuggest({ value: text, handle, canned, people, inserted, looked, onOffer, onInsert, onLook });
  const press = (event) => {
    if (offered.press(event)) return true;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(event.shiftKey ? "close" : "");
      return true;
    }
    if (event.key === "Escape") event.target.blur();
    return false;
  };

  const choose = (name) => {
    setKind(name);
    setPasted("");
    requestAnimationFrame(() => requestAnimationFrame(() => handle.current?.focus()));
  };
  const step = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = kind === "reply" ? "note" : "reply";
    setKind(other);
    document.getElementById(`tab-${other}`).focus();
  };

  const waits = uploads.busy ? "Wait for the uploads" : misaddressed ? "Correct the address first" : undefined;
  return (
    <section className={`composer ${kind}`} aria-label="Write">
      <div className="composer-top">
        <div className="tabs" role="tablist" aria-label="Kind of message" onKeyDown={step}>
          {KINDS.map(([name, title, key]) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              className="tab"
              aria-selected={kind === name}
              aria-controls="composer-panel"
              tabIndex={kind === name ? 0 : -1}
              data-key={key}
              onClick={() => choose(name)}
            >
              {name === "note" && <Icon name="lock" />}
              {title}
              {texts[name] && kind !== name && <span className="tab-draft" title="Draft" />}
            </button>
          ))}
        </div>
        <span className="composer-to">{kind === "reply" ? `To ${recipient}` : "Only your team sees this"}</span>
        {kind === "reply" && <CopyButtons {...others} open={copying} onOpen={setCopying} />}
      </div>
      {kind === "reply" && (
        <Copies
          key={ticket}
          {...others}
          open={copying}
          onWrong={(name) => (is) => setWrong((before) => ({ ...before, [name]: is }))}
          onCc={(cc) => setOthers({ ...others, cc })}
          onBcc={(bcc) => setOthers({ ...others, bcc })}
        />
      )}
      <DropZone uploads={uploads} className="composer-drop">
        <div id="composer-panel" role="tabpanel" aria-label="Composer">
          <RichText
            key={kind}
            handle={handle}
            label={kind === "reply" ? "Reply" : "Internal note"}
            placeholder={kind === "reply" ? "Write to the customer…" : "Leave a note for your team…"}
            value={text}
            longest={LONGEST}
            aria={offered.aria}
            onReady={(made) => {
              setEditor(made);
              if (made) comeBack();
            }}
            onChange={change}
            onLook={offered.look}
            onKey={press}
            onBlur={offered.close}
            onPictures={pictures[kind]}
            onTooLong={setPasted}
          />
        </div>
        <Suggestions offered={offered} />
        <UploadTray uploads={uploads} />
      </DropZone>
      <TooLong pasted={pasted} tooLong={tooLong} longest={LONGEST} uploads={uploads} onDone={() => setPasted("")} />
      <Problem words={problem} newer={newer} onAnyway={() => send(tried.current.then, "newer")} />
      <Warnings
        doubts={kind === tried.current.kind && text ? doubts : []}
        gaps={offered.gaps}
        text={text}
        attached={uploads.ids.length > 0}
        handle={handle}
        blocked={blocked}
        onAnyway={() => send(tried.current.then, "doubts")}
      />
      <div className="composer-foot">
        <AttachButton uploads={uploads} />
        <Tools editor={editor} />
        <MacroMenu macros={macros} onOpen={onOffer} onChoose={onMacro} />
        <span className="spring" />
        <button type="button" className="button" disabled={blocked} title={waits} onClick={() => send("close")}>
          Send and close
        </button>
        <button type="button" className="button primary" disabled={blocked} title={waits ?? "Ctrl Enter"} onClick={() => send()}>
          Send
        </button>
        <SendMenu blocked={blocked} onChoose={send} />
      </div>
    </section>
  );
}
