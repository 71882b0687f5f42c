import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { CannedList, useCanned } from "$/ticketdesk/chat_canned";
import { Icon } from "$/ticketdesk/glyphs";
import { AttachButton, DropZone, UploadTray, useUploads } from "$/ticketdesk/uploads";

const SAVE_AFTER = 700;
const ANSWER_WITHIN = 8000;
const TYPING_EVERY = 3000;

// Not randomUUID: a desk on a plain http address has none.
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const read = (place, otherwise) => JSON.parse(sessionStorage.getItem(place) ?? "null") ?? otherwise;
const write = (place, value) => {
  if (value?.length) sessionStorage.setItem(place, JSON.stringify(value));
  else sessionStorage.removeItem(place);
};

// Messages leave one after the other. What the server has not confirmed stays in the tab, even over a
// reload, and goes out again under its own key, so that it is stored once.
function useOutbox({ chat, stored, refused, onSend, onBack }) {
  const place = `chat-outbox:${chat}`;
  const [waiting, setWaiting] = useState(() => read(place, []));
  const sent = useRef({ key: "", at: 0 });
  const change = (next) => {
    write(place, next);
    setWaiting(next);
  };
  useEffect(() => {
    sent.current = { key: "", at: 0 };
    setWaiting(read(place, []));
  }, [place]);
  useEffect(() => {
    if (waiting.some((one) => one.key === stored)) change(waiting.filter((one) => one.key !== stored));
  }, [stored, waiting]);
  useEffect(() => {
    const back = waiting.find((one) => one.key === refused.id);
    if (!back) return;
    change(waiting.filter((one) => one !== back));
    onBack(back);
  }, [refused.id]);
  useEffect(() => {
    const next = waiting[0];
    if (!next || !chat) return undefined;
    const go = () => {
      if (sent.current.key === next.key && Date.now() - sent.current.at < ANSWER_WITHIN) return;
      sent.current = { key: next.key, at: Date.now() };
      onSend?.(next.key, next.text, next.files);
    };
    go();
    const timer = setInterval(go, ANSWER_WITHIN);
    return () => clearInterval(timer);
  }, [waiting, chat]);
  return { waiting, add: (message) => change([...waiting, message]) };
}

export function ChatComposer({
  chat,
  draft = "",
  files = [],
  maxBytes = 0,
  maxFiles = 0,
  recipient = "",
  stored = "",
  refused = {},
  canned = [],
  inserted = { times: 0, text: "", empty: [] },
  onSend,
  onSave,
  onOffer,
  onInsert,
  onTyping,
}) {
  const place = `chat-draft:${chat}`;
  const [words, setWords] = useState(() => read(place, "") || draft);
  const [problem, setProblem] = useState("");
  const uploads = useUploads({ kept: files, maxBytes, maxFiles });
  const editor = useRef();
  const saver = useRef();
  const shown = useRef(chat);
  const named = JSON.stringify(uploads.ids);
  const saved = useRef(named);

  const outbox = useOutbox({
    chat,
    stored,
    refused,
    onSend,
    onBack: (message) => {
      setProblem(refused.problem);
      change(words ? `${message.text}\n${words}` : message.text);
    },
  });

  useEffect(() => {
    if (!chat || chat === shown.current) return;
    shown.current = chat;
    setWords(read(place, "") || draft);
    setProblem("");
    uploads.restore(files);
  }, [chat]);

  useEffect(() => setWords((before) => before || draft), [draft]);

  useEffect(
    () => () => {
      if (!saver.current) return;
      clearTimeout(saver.current.timer);
      saver.current.now();
    },
    [],
  );

  useLayoutEffect(() => {
    const box = editor.current;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, window.innerHeight * 0.36)}px`;
  }, [words]);

  const save = (value, after) => {
    clearTimeout(saver.current?.timer);
    const now = () => {
      saver.current = undefined;
      onSave?.(chat, value, uploads.ids);
    };
    saver.current = { now, timer: setTimeout(now, after) };
  };

  useEffect(() => {
    if (saved.current === named) return;
    saved.current = named;
    save(words, 0);
  }, [named]);

  const typed = useRef(0);
  const typing = (isTyping) => {
    if (isTyping && Date.now() - typed.current < TYPING_EVERY) return;
    if (!isTyping && !typed.current) return;
    typed.current = isTyping ? Date.now() : 0;
    onTyping?.(isTyping);
  };

  const change = (value) => {
    setWords(value);
    write(place, value);
    save(value, SAVE_AFTER);
    typing(!!value.trim());
  };
  const slash = useCanned({ text: words, editor, change, canned, inserted, onOffer, onInsert });

  const send = () => {
    const names = uploads.items.filter((one) => one.id).map((one) => one.name);
    const text = words.trim() || names.join(", ");
    if (!text || uploads.busy) return;
    typing(false);
    clearTimeout(saver.current?.timer);
    saver.current = undefined;
    outbox.add({ key: newKey(), text, files: uploads.ids });
    saved.current = "[]";
    uploads.restore();
    setProblem("");
    setWords("");
    write(place, "");
    editor.current.focus();
  };

  const press = (event) => {
    if (slash.press(event)) return;
    if (event.key === "Escape") event.target.blur();
    // Enter also ends the choice of a character in other scripts; that is no sending.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  const blocked = uploads.busy || (!words.trim() && uploads.ids.length === 0);
  return (
    <section className="composer chat-composer" aria-label="Write">
      {outbox.waiting.length > 0 && (
        <ul className="chat-outbox" aria-label="On the way">
          {outbox.waiting.map((one) => (
            <li key={one.key}>
              <span>{one.text}</span>
              <em>Sending…</em>
            </li>
          ))}
        </ul>
      )}
      {slash.empty.length > 0 && (
        <p className="composer-problem" role="status">
          <Icon name="alert" />
          <span>Fill in yourself: {slash.empty.join(", ")}</span>
        </p>
      )}
      {problem && (
        <p className="composer-problem" role="alert">
          <Icon name="alert" />
          <span>{problem}</span>
        </p>
      )}
      <DropZone uploads={uploads} className="composer-drop">
        <textarea
          ref={editor}
          aria-label="Message"
          rows={1}
          placeholder={`Write to ${recipient || "the customer"}…`}
          value={words}
          maxLength={200000}
          data-key="r"
          onChange={(event) => {
            change(event.target.value);
            slash.look(event.target);
          }}
          onSelect={(event) => slash.look(event.target)}
          onBlur={slash.close}
          onKeyDown={press}
          {...slash.aria}
        />
        <CannedList slash={slash} />
        <UploadTray uploads={uploads} />
      </DropZone>
      <div className="composer-foot">
        <AttachButton uploads={uploads} />
        <span className="composer-hint">
          <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> breaks the line, <kbd>/</kbd> inserts a text
        </span>
        <span className="spring" />
        <button type="button" className="button primary" disabled={blocked} title={uploads.busy ? "Wait for the uploads" : undefined} onClick={send}>
          <Icon name="send" />
          Send
        </button>
      </div>
    </section>
  );
}
