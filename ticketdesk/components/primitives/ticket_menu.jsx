import { useEffect } from "react";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";
import { openMerge } from "$/ticketdesk/merging";
import { startSplit } from "$/ticketdesk/splitting";

const Choice = ({ icon, shortcut, children, onSelect }) => (
  <Menu.Item className="option" onSelect={onSelect}>
    <Icon name={icon} />
    <span className="option-label">{children}</span>
    {shortcut && <kbd>{shortcut}</kbd>}
  </Menu.Item>
);

// Whether somebody waits for the question. The server remembers that it answered: a screen that is drawn anew
// must not ask it again, of another ticket.
let asking = false;

// What one does with a ticket once in a while. A dialog opens after the menu has given the focus back.
export function TicketMenu({ ticket, number, subject, role = "", merged = false, onDelete }) {
  const later = (open) => () => setTimeout(open, 0);
  const merge = () => openMerge([{ id: ticket, number, subject }]);
  const link = () => document.getElementById("link").showModal();
  const ask = () => {
    asking = true;
    onDelete?.();
  };
  const copy = () => navigator.clipboard?.writeText(`${location.origin}/app/tickets/${number}`);
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button" className="button quiet icon-only" aria-label="More actions">
            <Icon name="more" />
          </button>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content className="pop menu" align="end" sideOffset={4} collisionPadding={8}>
            {!merged && (
              <Choice icon="merge" onSelect={later(merge)}>
                Merge into…
              </Choice>
            )}
            <Choice icon="split" onSelect={later(startSplit)}>
              Split messages…
            </Choice>
            <Choice icon="link" onSelect={later(link)}>
              Link a ticket…
            </Choice>
            <Choice icon="copy" onSelect={copy}>
              Copy the address
            </Choice>
            {role === "ADMIN" && (
              <>
                <Menu.Separator className="menu-line" />
                <Choice icon="trash" shortcut="#" onSelect={later(ask)}>
                  Delete…
                </Choice>
              </>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      <span className="visually-hidden" aria-hidden="true">
        <button type="button" tabIndex={-1} data-command="Merge into another ticket" onClick={merge} />
        <button type="button" tabIndex={-1} data-command="Split messages" onClick={startSplit} />
        <button type="button" tabIndex={-1} data-command="Link a ticket" onClick={link} />
        {role === "ADMIN" && <button type="button" tabIndex={-1} data-command="Delete this ticket" data-key="#" onClick={ask} />}
      </span>
    </>
  );
}

const counted = (number, one, many) => (number === 1 ? `1 ${one}` : `${number.toLocaleString()} ${many}`);

// Says what goes before it goes, and for how long there is a way back.
export function DeleteDialog({ number, subject, goes = {}, asked = 0, onDelete }) {
  const dialog = () => document.getElementById("delete");
  useEffect(() => {
    if (asking && asked && !dialog().open) dialog().showModal();
    asking = false;
  }, [asked]);
  const parts = [
    counted(goes.messages ?? 0, "message", "messages"),
    goes.files ? counted(goes.files, "file", "files") : "",
    goes.links ? counted(goes.links, "link", "links") : "",
  ].filter(Boolean);
  return (
    <Dialog id="delete" title={`Delete ticket ${number}?`}>
      <div className="dialog-form">
        <p>
          <strong>{subject}</strong> leaves every list, search and report, with its history and {parts.join(", ")}. For 30 days an admin can restore it
          in Settings, Deleted tickets; then it goes for good.
        </p>
        <footer className="dialog-foot">
          <button type="button" className="button" data-first="" onClick={() => dialog().close()}>
            Keep it
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              dialog().close();
              onDelete?.();
            }}
          >
            Delete
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
