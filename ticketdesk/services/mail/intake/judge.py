"""A kept message is judged and done: one transaction from verdict to ticket."""

from sqlmodel import Session, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import MailMessage, MailOriginal, Ticket, TicketResponse
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail.inbound.pipeline import judge
from ticketdesk.services.mail.inbound.verdict import Result, Verdict
from ticketdesk.services.mail.intake import addresses
from ticketdesk.services.mail.intake.append import append_message
from ticketdesk.services.mail.intake.bounce import take_bounce
from ticketdesk.services.mail.intake.desk import DeskOfOrganization
from ticketdesk.services.mail.intake.open import open_ticket
from ticketdesk.services.mail.intake.views import Outcome
from ticketdesk.services.mail.notices import announce
from ticketdesk.services.tickets.views import response_view, ticket_view

_STATES = {
    Result.CREATED: MailState.CREATED,
    Result.APPENDED: MailState.APPENDED,
    Result.HELD: MailState.HELD,
    Result.IGNORED: MailState.IGNORED,
    Result.BOUNCE: MailState.BOUNCE,
    Result.FAILED: MailState.FAILED,
    Result.DUPLICATE: MailState.IGNORED,
}

# How much of a held message the ticket shows.
_SHOWN = 4000


def judge_kept(session: Session, actor: Actor, mail_id: str) -> Outcome:
    """Judge a kept message and do what follows; one that was judged before is a duplicate.

    Raises `NotFound` for an unknown id; what a service refuses (an impossible sender address)
    comes out as its error, with nothing done.
    """
    mail = locked(session, mail_id)
    if mail.state != MailState.RECEIVED:
        return duplicate(session, actor, mail)
    desk = DeskOfOrganization(session, mail.organization_id)
    raw = session.exec(select(MailOriginal.raw).where(MailOriginal.mail_id == mail_id)).one()
    verdict = judge(raw, desk, tuple(mail.body.get("envelopeTo", ())))
    describe(mail, verdict)
    _apply(session, actor, mail, verdict, desk)
    session.add(mail)
    session.flush()
    return outcome(session, actor, mail, verdict.result)


def locked(session: Session, mail_id: str) -> MailMessage:
    """The message, held until the transaction ends: two workers never judge it both."""
    row = session.exec(
        select(MailMessage).where(MailMessage.id == mail_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound("There is no such message.")
    return row


def describe(mail: MailMessage, verdict: Verdict) -> None:
    """Write down what the message says of itself and what became of it."""
    parsed = verdict.mail
    sender = verdict.author or (parsed.sender if parsed else None)
    mail.sender, mail.sender_name = (sender.email, sender.name) if sender else ("", "")
    mail.subject = parsed.subject if parsed else ""
    mail.state, mail.why, mail.judged_at = _STATES[verdict.result], list(verdict.why), clock.now()
    mail.is_automatic = not verdict.may_answer and not verdict.is_agent
    mail.error = verdict.why[0] if verdict.result is Result.FAILED else None
    if verdict.body:
        mail.body = {**mail.body, "wasCut": verdict.body.was_cut}
        if verdict.result is Result.HELD:
            mail.body = {**mail.body, "text": verdict.body.text[:_SHOWN]}


def outcome(session: Session, actor: Actor, mail: MailMessage, result: Result) -> Outcome:
    """The answer about a judged message."""
    ticket = session.get(Ticket, mail.ticket_id) if mail.ticket_id else None
    response = session.get(TicketResponse, mail.response_id) if mail.response_id else None
    return Outcome(
        result=result,
        ticket=ticket_view(ticket, actor) if ticket else None,
        response=response_view(response, [], actor) if response else None,
        why=mail.why,
        mail_id=mail.id,
    )


def duplicate(session: Session, actor: Actor, mail: MailMessage) -> Outcome:
    """The answer for a message that came again: what became of it the first time."""
    again = f"A message with the same identity {mail.identity} is stored; it came again."
    known = outcome(session, actor, mail, Result.DUPLICATE)
    return known.model_copy(update={"why": [again, *mail.why]})


def _apply(
    session: Session,
    actor: Actor,
    mail: MailMessage,
    verdict: Verdict,
    desk: DeskOfOrganization,
) -> None:
    author, number = verdict.author, verdict.ticket_number
    if number is not None:
        row = session.exec(select(Ticket).where(Ticket.ticket_number == number)).first()
        mail.ticket_id = row.id if row else None
    if verdict.result is Result.CREATED and author:
        ticket = open_ticket(session, mail, verdict, author, desk.own_addresses)
        mail.ticket_id = ticket.id
    elif verdict.result is Result.APPENDED and author and number is not None:
        row = append_message(session, mail, number, verdict, author, as_agent=verdict.is_agent)
        mail.response_id = row.id
        if verdict.proves_address:
            addresses.verified(session, mail.organization_id, author.email)
    elif verdict.result is Result.BOUNCE and verdict.bounce:
        take_bounce(session, actor, mail, verdict.bounce)
    if verdict.may_answer and author and verdict.result in (Result.CREATED, Result.APPENDED):
        # Whoever writes waits for an answer, whatever a report once said of the address.
        addresses.deliverable(session, author.email)
    if verdict.result in (Result.HELD, Result.IGNORED):
        announce(session, mail.organization_id, mail.ticket_id)
