import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";
import { SendMenu, Warnings } from "$/ticketdesk/sending";
import { CannedList, useCanned } from "$/ticketdesk/canned";
import { AttachButton, DropZone, UploadTray, useUploads } from "$/ticketdesk/uploads";

const KINDS = [
  ["reply", "Reply", "r"],
  ["note", "Internal note", "n"],
];
const SAVE_AFTER = 700;
const TYPING_FOR = 4000;

// A second copy in the tab: the last words before a crash or a reload have not reached the server.
const place = (ticket, kind) => `draft:${ticket}:${kind}`;
const keep = (ticket, kind, text) => {
  if (text) sessionStorage.setItem(place(ticket, kind), text);
  else sessionStorage.removeItem(place(ticket, kind));
};
const kept = (ticket, { reply, note }) => ({
  reply: sessionStorage.getItem(place(ticket, "reply")) ?? reply,
  note: sessionStorage.getItem(place(ticket, "note")) ?? note,
});

// Keeps both texts until the server says that one was sent; nothing typed is lost to a bad line.
export function Composer({
  ticket,
  reply = "",
  note = "",
  replyFiles = [],
  noteFiles = [],
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
  inserted = { times: 0, text: "", empty: [] },
  onOffer,
  onInsert,
  onSend,
  onSave,
  onBeat,
}) {
  const [kind, setKind] = useState("reply");
  const [texts, setTexts] = useState(() => kept(ticket, { reply, note }));
  const [flying, setFlying] = useState(null);
  const seen = useRef(latest);
  const saver = useRef();
  const typist = useRef();
  const editor = useRef();
  const shown = useRef(ticket);
  const text = texts[kind];
  // Two lists, too: a file for the team never leaves with a reply.
  const files = {
    reply: useUploads({ kept: replyFiles, maxBytes, maxFiles }),
    note: useUploads({ kept: noteFiles, maxBytes, maxFiles }),
  };
  const uploads = files[kind];
  const named = JSON.stringify(uploads.ids);
  const saved = useRef({});
  const tried = useRef({ kind: "", then: "" });

  useEffect(() => {
    // The server forgot the page for a moment: what is typed stays.
    if (!ticket || ticket === shown.current) return;
    shown.current = ticket;
    setTexts(kept(ticket, { reply, note }));
    files.reply.restore(replyFiles);
    files.note.restore(noteFiles);
    saved.current = {};
    setFlying(null);
    seen.current = latest;
  }, [ticket]);

  useEffect(
    () => () => {
      if (saver.current) {
        clearTimeout(saver.current.timer);
        saver.current.now();
      }
    },
    [],
  );

  // A draft from the server fills an editor that is still empty.
  useEffect(() => {
    setTexts((before) => ({ reply: before.reply || reply, note: before.note || note }));
  }, [reply, note]);

  useEffect(() => {
    if (!flying) return;
    setTexts((before) => ({ ...before, [flying]: "" }));
    keep(ticket, flying, "");
    saved.current[flying] = "[]";
    files[flying].restore();
    setFlying(null);
    seen.current = undefined;
  }, [sent]);

  useEffect(() => setFlying(null), [failed]);

  useEffect(() => {
    const here = (typing) => document.hidden || onBeat?.(typing);
    here(false);
    const timer = setInterval(() => here(Boolean(typist.current)), 8000);
    return () => clearInterval(timer);
  }, [ticket]);

  useLayoutEffect(() => {
    const box = editor.current;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, window.innerHeight * 0.42)}px`;
  }, [text, kind]);

  const save = (value, soon) => {
    clearTimeout(saver.current?.timer);
    const now = () => {
      saver.current = undefined;
      onSave?.(kind, value, files[kind].ids);
    };
    saver.current = { now, timer: setTimeout(now, soon) };
  };

  // The draft names what has arrived, so that it is there again on another day or device.
  useEffect(() => {
    const before = saved.current[kind];
    saved.current[kind] = named;
    if (before !== undefined && before !== named) save(texts[kind], 0);
  }, [named, kind]);

  const change = (value) => {
    // What counts as read is what was there when the writing began.
    if (!texts[kind]) seen.current = latest;
    setTexts((before) => ({ ...before, [kind]: value }));
    keep(ticket, kind, value);
    // Doubts were about what stood here.
    if (!value) tried.current = { kind: "", then: "" };
    save(value, SAVE_AFTER);
    if (!typist.current) onBeat?.(true);
    clearTimeout(typist.current);
    typist.current = setTimeout(() => {
      typist.current = undefined;
      onBeat?.(false);
    }, TYPING_FOR);
  };

  const send = (then = "", anyway = "") => {
    if (!text.trim() || flying || uploads.busy) return;
    clearTimeout(saver.current?.timer);
    saver.current = undefined;
    clearTimeout(typist.current);
    typist.current = undefined;
    setFlying(kind);
    tried.current = { kind, then };
    onSend?.(kind, text, then, seen.current ?? latest, anyway, uploads.ids);
  };

  const slash = useCanned({ text, editor, change, canned, inserted, onOffer, onInsert });

  const press = (event) => {
    if (slash.press(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(event.shiftKey ? "close" : "");
    }
    if (event.key === "Escape") event.target.blur();
  };

  const choose = (name) => {
    setKind(name);
    requestAnimationFrame(() => editor.current?.focus());
  };

  const step = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = kind === "reply" ? "note" : "reply";
    setKind(other);
    document.getElementById(`tab-${other}`).focus();
  };

  const label = kind === "reply" ? "Reply" : "Internal note";
  const blocked = !text.trim() || Boolean(flying) || uploads.busy;
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
              {texts[name].trim() && kind !== name && <span className="tab-draft" title="Draft" />}
            </button>
          ))}
        </div>
        <span className="composer-to">{kind === "reply" ? `To ${recipient}` : "Only your team sees this"}</span>
      </div>
      <DropZone uploads={uploads} className="composer-drop">
        <div id="composer-panel" role="tabpanel" aria-labelledby={`tab-${kind}`}>
          <textarea
            ref={editor}
            aria-label={label}
            rows={2}
            placeholder={kind === "reply" ? "Write to the customer…" : "Leave a note for your team…"}
            value={text}
            maxLength={200000}
            onChange={(event) => {
              change(event.target.value);
              slash.look(event.target);
            }}
            onSelect={(event) => slash.look(event.target)}
            onBlur={slash.close}
            {...slash.aria}
            onKeyDown={press}
          />
        </div>
        <CannedList slash={slash} />
        <UploadTray uploads={uploads} />
      </DropZone>
      {problem && (
        <p className="composer-problem" role="alert">
          <Icon name="alert" />
          <span>{problem}</span>
          {newer && (
            <button type="button" className="button" onClick={() => send(tried.current.then, "newer")}>
              Send anyway
            </button>
          )}
        </p>
      )}
      <Warnings
        doubts={kind === tried.current.kind && text ? doubts : []}
        empty={slash.empty}
        text={text}
        attached={uploads.ids.length > 0}
        change={change}
        editor={editor}
        blocked={blocked}
        onAnyway={() => send(tried.current.then, "doubts")}
      />
      <div className="composer-foot">
        <AttachButton uploads={uploads} />
        <span className="composer-hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </span>
        <span className="spring" />
        <button type="button" className="button" disabled={blocked} title={uploads.busy ? "Wait for the uploads" : undefined} onClick={() => send("close")}>
          Send and close
        </button>
        <button type="button" className="button primary" disabled={blocked} title={uploads.busy ? "Wait for the uploads" : undefined} onClick={() => send()}>
          Send
        </button>
        <SendMenu blocked={blocked} onChoose={send} />
      </div>
    </section>
  );
}

// Tells the server when the screen is left, so that nobody seems to look at what they do not.
export function Presence({ ticket, onLeave }) {
  useEffect(() => {
    if (!ticket) return undefined;
    const leave = () => onLeave?.(ticket);
    return leave;
  }, [ticket]);
  return null;
}

export function PageTitle({ text }) {
  useEffect(() => {
    if (text) document.title = `${text} · TicketDesk`;
  }, [text]);
  return null;
}

// Keeps the end of the timeline in view while new messages come, unless one has scrolled away.
export function Timeline({ children, ticket, count }) {
  const ref = useRef();
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [count, ticket]);
  return (
    <div
      ref={ref}
      className="timeline"
      tabIndex={0}
      role="region"
      aria-label="Conversation"
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
      }}
    >
      {children}
    </div>
  );
}

export function Markup({ html }) {
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
