import { useEffect, useState } from "react";
import { Link } from "react-router";
import * as Popover from "@radix-ui/react-popover";
import { Ago } from "$/ticketdesk/clock";
import { Icon } from "$/ticketdesk/glyphs";

const MOST = 99;
const shownCount = (unread) => (unread > MOST ? `${MOST}+` : String(unread));
const ICONS = { assigned: "person", mentioned: "mail", replied: "chat", sla: "alarm" };

// Pages write their own titles at any time; the number is put in front of whatever stands there.
const useTitle = (unread) => {
  useEffect(() => {
    const number = () => {
      const bare = document.title.replace(/^\(\d+\+?\) /, "");
      const wanted = unread > 0 ? `(${shownCount(unread)}) ${bare}` : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    number();
    const observer = new MutationObserver(number);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [unread]);
};

export function Bell({ unread = 0, items = [], onLook, onMarkAll }) {
  const [open, setOpen] = useState(false);
  useTitle(unread);
  const turn = (next) => {
    setOpen(next);
    onLook?.(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={turn}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="bell"
          aria-label={unread > 0 ? `Notifications, ${shownCount(unread)} unread` : "Notifications"}
        >
          <Icon name="bell" />
          {unread > 0 && <span className="bell-count number">{shownCount(unread)}</span>}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="pop notes" align="start" sideOffset={6} collisionPadding={8} aria-label="Notifications">
          <header className="notes-head">
            <h2>Notifications</h2>
            <button type="button" className="button quiet" disabled={unread === 0} onClick={() => onMarkAll?.()}>
              Mark all read
            </button>
          </header>
          {items.length === 0 ? (
            <p className="notes-empty">Replies, mentions, assignments and targets of your tickets, and chats handed to you, appear here.</p>
          ) : (
            <ul className="notes-list">
              {items.map((note) => (
                <li key={note.id}>
                  <Link to={note.to} className={`notice${note.unread ? " unread" : ""}`} onClick={() => turn(false)}>
                    <Icon name={ICONS[note.kind] ?? "bell"} />
                    <span className="note-words">
                      <span>
                        {note.words}
                        {note.unread && <span className="visually-hidden"> (unread)</span>}
                      </span>
                      <span className="note-subject">
                        {note.number > 0 && <span className="number">{note.number} </span>}
                        {note.subject}
                      </span>
                    </span>
                    <Ago at={note.at} />
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
