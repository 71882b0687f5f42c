import { useEffect, useRef } from "react";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Ellipsis } from "lucide-react";
import { Icon } from "$/ticketdesk/glyphs";

function Choice({ icon, label, onSelect }) {
  return (
    <Menu.Item className="option" onSelect={onSelect}>
      <Icon name={icon} />
      <span className="option-label">{label}</span>
    </Menu.Item>
  );
}

// What can be done with a chat, also where the header has no room for buttons.
export function ChatMenu({ closed = false, escalated = false, onTicket, onTake, onEscalate, onClose }) {
  const make = () => {
    document.getElementById("chat-ticket").showModal();
    onTicket?.();
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <button type="button" className="button quiet icon-only" aria-label="Actions" title="Actions">
          <Ellipsis className="icon" strokeWidth={1.75} aria-hidden="true" />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="pop menu" align="end" sideOffset={4} collisionPadding={8}>
          {/* The menu gives the focus back first, then the dialog takes it. */}
          <Choice icon="ticket" label="Create ticket" onSelect={() => setTimeout(make)} />
          <Choice icon="person" label="Assign to me" onSelect={() => onTake?.()} />
          <Choice icon="flame" label={escalated ? "Take escalation away" : "Escalate"} onSelect={() => onEscalate?.(!escalated)} />
          <Menu.Separator className="menu-line" />
          <Choice icon={closed ? "undo" : "archive"} label={closed ? "Reopen chat" : "Close chat"} onSelect={() => onClose?.(!closed)} />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

// Closes a dialog when the server says that its work is done.
export function DoneDialog({ dialog, done = 0 }) {
  const before = useRef(done);
  useEffect(() => {
    if (done !== before.current) document.getElementById(dialog)?.close();
    before.current = done;
  }, [done]);
  return null;
}
