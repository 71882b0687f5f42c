import * as Menu from "@radix-ui/react-dropdown-menu";
import { Icon } from "$/ticketdesk/glyphs";

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
          <Menu.Item className="option" onSelect={() => onChoose("wait")}>
            <Icon name="hourglass" />
            <span className="option-label">Send and set to waiting</span>
          </Menu.Item>
          <Menu.Item className="option" onSelect={() => onChoose("close")}>
            <Icon name="archive" />
            <span className="option-label">Send and close</span>
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

const fixOf = (doubt, { text, change, editor }) => {
  if (doubt.kind === "greeting" && doubt.right)
    return [`Write ${doubt.right}`, () => change(text.replace(doubt.wrong, doubt.right))];
  if (doubt.kind === "attachment")
    return ["Attach a file", () => editor.current.closest(".composer").querySelector("input[type=file]")?.click()];
  return ["Edit", () => editor.current.focus()];
};

const isSettled = (doubt, { text, attached }) =>
  (doubt.kind === "greeting" && !text.includes(doubt.wrong)) || (doubt.kind === "attachment" && attached);

// Doubts stand above the buttons, each with the way out of it, until the text is sent, emptied or set right.
export function Warnings({ doubts: said, empty, blocked, onAnyway, ...rest }) {
  const doubts = said.filter((doubt) => !isSettled(doubt, rest));
  if (doubts.length === 0 && empty.length === 0) return null;
  return (
    <div className="warnings" role="alert">
      {empty.length > 0 && (
        <p className="composer-problem">
          <Icon name="alert" />
          <span>No value for {empty.join(", ")}: the text has a gap.</span>
        </p>
      )}
      {doubts.map((doubt) => {
        const [name, fix] = fixOf(doubt, rest);
        return (
          <p key={doubt.kind} className="composer-problem">
            <Icon name="alert" />
            <span>{doubt.message}</span>
            <button type="button" className="button" onClick={fix}>
              {name}
            </button>
          </p>
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
