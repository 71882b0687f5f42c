import { byId, show } from "../shared/dom";
import { say } from "./boot";
import type { Ticket } from "./submit";

/** Puts the confirmation in the form's place. */
export function confirm(ticket: Pick<Ticket, "ticketNumber" | "trackingUrl">, email: string, again: () => void) {
  const done = byId("done");
  byId("done-number").textContent = say("done.number", { number: ticket.ticketNumber });
  const mail = byId("done-mail");
  mail.textContent = say("done.mail", { email });
  show(mail, !!email);
  byId<HTMLAnchorElement>("done-track").href = ticket.trackingUrl;
  const copy = byId<HTMLButtonElement>("done-copy");
  show(copy, !!navigator.clipboard);
  copy.textContent = say("done.copy");
  copy.onclick = async () => {
    await navigator.clipboard.writeText(ticket.trackingUrl);
    copy.textContent = say("done.copied");
  };
  byId("done-again").onclick = () => {
    show(done, false);
    show(byId("ask"), true);
    again();
  };
  show(byId("done-again"), true);
  show(byId("ask"), false);
  show(done, true);
  byId("done-title").focus();
}
