import { useEffect, useState } from "react";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Icon } from "$/ticketdesk/glyphs";

const WAYS = [
  ["close", "Send and close", "archive"],
  ["wait", "Send and set to waiting", "hourglass"],
  ["resolve", "Send and resolve", "check"],
];

// What else may happen to the ticket with a message.
export function SendMenu({ blocked, onChoose }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <button type="button" className="button primary icon-only" aria-label="More ways to send" disabled={blocked}>
          <Icon name="down" />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="pop menu send-menu" side="top" align="end" sideOffset={6} collisionPadding={8}>
          {WAYS.map(([name, label, icon]) => (
            <Menu.Item key={name} className="option" onSelect={() => onChoose(name)}>
              <Icon name={icon} />
              <span className="option-label">{label}</span>
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

const Line = ({ children, role }) => (
  <p className="composer-problem" role={role}>
    <Icon name="alert" />
    {children}
  </p>
);

// Why the server did not take it.
export function Problem({ words, newer, onAnyway }) {
  if (!words) return null;
  return (
    <Line role="alert">
      <span>{words}</span>
      {newer && (
        <button type="button" className="button" onClick={onAnyway}>
          Send anyway
        </button>
      )}
    </Line>
  );
}

const kilobytes = (length) => `${Math.round(length / 1000).toLocaleString()} kB`;

// More text than a message holds: what was there stays as it was, what was pasted can go as a file.
export function TooLong({ pasted, tooLong, longest, uploads, onDone }) {
  const attach = () => {
    uploads.add([new File([pasted], "Pasted text.txt", { type: "text/plain" })]);
    onDone();
  };
  if (pasted)
    return (
      <Line role="alert">
        <span>
          That is {kilobytes(pasted.length)} of text; a message holds {kilobytes(longest)}. What you wrote is unchanged.
        </span>
        <button type="button" className="button" onClick={attach}>
          Attach it as a file
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          Leave it
        </button>
      </Line>
    );
  if (!tooLong) return null;
  return (
    <Line role="alert">
      <span>This is longer than a message can be ({kilobytes(longest)}). It stays here; shorten it to send it.</span>
    </Line>
  );
}

const named = ({ kind, wrong }) => `${kind} ${wrong}`;

const fixOf = (doubt, { handle, onFixed }) => {
  const write = (right) => () => (handle.current?.replace(doubt.wrong, right) ? onFixed(named(doubt)) : handle.current?.focus());
  if (doubt.kind === "greeting" && doubt.right) return [`Write ${doubt.right}`, write(doubt.right)];
  if (doubt.kind === "variable" && doubt.right) return ["Fill it in", write(doubt.right)];
  if (doubt.kind === "variable") return ["Take it out", write("")];
  if (doubt.kind === "note" && doubt.wrong) return ["Take it out", write("")];
  if (doubt.kind === "attachment")
    return ["Attach a file", () => document.querySelector(".composer input[type=file]")?.click()];
  return ["Edit", () => handle.current?.focus()];
};

const inHtml = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// A variable may stand in several places; it is settled once it is gone from all of them.
const isSettled = (doubt, { text, attached, fixed }) =>
  (doubt.kind !== "variable" && fixed.includes(named(doubt))) ||
  (["greeting", "variable"].includes(doubt.kind) && !text.includes(inHtml(doubt.wrong))) ||
  (doubt.kind === "attachment" && attached);

// Doubts stand above the buttons, each with the way out of it, until the text is sent, emptied or set right.
export function Warnings({ doubts: said, gaps, blocked, onAnyway, ...rest }) {
  const [fixed, setFixed] = useState([]);
  useEffect(() => setFixed([]), [said]);
  const doubts = said.filter((doubt) => !isSettled(doubt, { ...rest, fixed }));
  if (doubts.length === 0 && gaps.length === 0) return null;
  return (
    <div className="warnings" role="alert">
      {gaps.map((words) => (
        <Line key={words}>
          <span>{words}</span>
        </Line>
      ))}
      {doubts.map((doubt) => {
        const [name, fix] = fixOf(doubt, { ...rest, onFixed: (kind) => setFixed((before) => [...before, kind]) });
        return (
          <Line key={named(doubt)}>
            <span>{doubt.message}</span>
            <button type="button" className="button" onClick={fix}>
              {name}
            </button>
          </Line>
        );
      })}
      {doubts.length > 0 && (
        <p className="warnings-foot">
          <button type="button" className="button" disabled={blocked} onClick={onAnyway}>
            Send anyway
          </button>
        </p>
      )}
    </div>
  );
}
