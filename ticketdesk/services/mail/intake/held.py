"""Messages that wait for an agent: accept, make a new ticket, discard and take that back."""

from dataclasses import replace

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import MailMessage, MailOriginal, Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail.inbound.body import read_body
from ticketdesk.services.mail.inbound.pipeline import judge
from ticketdesk.services.mail.inbound.verdict import Result, Verdict
from ticketdesk.services.mail.intake.append import append_message
from ticketdesk.services.mail.intake.desk import DeskOfOrganization
from ticketdesk.services.mail.intake.judge import locked, outcome
from ticketdesk.services.mail.intake.open import open_ticket
from ticketdesk.services.mail.intake.views import MailView, Outcome
from ticketdesk.services.mail.notices import announce
from ticketdesk.services.tickets.merge import final_target


def of_ticket(session: Session, actor: Actor, ticket_id: str) -> list[MailView]:
    """The messages held in a ticket, oldest first."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(MailMessage)
        .where(MailMessage.ticket_id == ticket_id, MailMessage.state == MailState.HELD)
        .order_by(col(MailMessage.created_at))
    )
    return [MailView.model_validate(row) for row in rows]


def accept(session: Session, actor: Actor, mail_id: str) -> Outcome:
    """Append a held message to its ticket; its sender takes part from now on.

    Raises `NotFound`, and `Conflict` when it does not wait any more.
    """
    mail, verdict = _held(session, actor, mail_id)
    ticket = session.get(Ticket, mail.ticket_id) if mail.ticket_id else None
    if ticket is None or verdict.author is None:
        raise NotFound("The ticket of this message is gone; make a new one of it.")
    ticket = final_target(session, ticket)
    mail.ticket_id = ticket.id
    is_agent = DeskOfOrganization(session, mail.organization_id).is_agent(verdict.author.email)
    row = append_message(
        session, mail, ticket.ticket_number, verdict, verdict.author, as_agent=is_agent
    )
    if not is_agent and verdict.author.email not in (ticket.requester_email, *ticket.cc):
        ticket.cc = [*ticket.cc, verdict.author.email]
        session.add(ticket)
    mail.response_id = row.id
    return _settled(session, actor, mail, MailState.APPENDED, "accepted it", Result.APPENDED)


def make_ticket(session: Session, actor: Actor, mail_id: str) -> Outcome:
    """Make a new ticket of a held message, linked to the one it waited in.

    Raises `NotFound`, and `Conflict` when it does not wait any more.
    """
    mail, verdict = _held(session, actor, mail_id)
    if verdict.author is None or verdict.mail is None:
        raise NotFound("This message names no sender.")
    desk = DeskOfOrganization(session, mail.organization_id)
    whole = replace(
        verdict, body=read_body(verdict.mail, cut=False), linked_to=verdict.ticket_number
    )
    ticket = open_ticket(session, mail, whole, verdict.author, desk.own_addresses)
    announce(session, mail.organization_id, mail.ticket_id)
    mail.ticket_id = ticket.id
    return _settled(session, actor, mail, MailState.CREATED, "made a ticket of it", Result.CREATED)


def discard(session: Session, actor: Actor, mail_id: str) -> Outcome:
    """Put a held message away; the original is kept.

    Raises `NotFound`, and `Conflict` when it does not wait any more.
    """
    mail, _ = _held(session, actor, mail_id)
    return _settled(session, actor, mail, MailState.DISCARDED, "discarded it", Result.IGNORED)


def wait_again(session: Session, actor: Actor, mail_id: str) -> None:
    """Take a discard back: the message waits in its ticket as before.

    Raises:
        NotFound: no such message, or its original is gone.
        Conflict: it is not discarded any more.
    """
    actor.require(UserRole.AGENT)
    mail = locked(session, mail_id)
    if mail.state != MailState.DISCARDED:
        raise Conflict(f"This message is not discarded; it is {mail.state.lower()}.")
    if not session.exec(
        select(MailOriginal.mail_id).where(MailOriginal.mail_id == mail_id)
    ).first():
        raise NotFound("The original of this message is gone.")
    mail.state, mail.judged_at = MailState.HELD, clock.now()
    mail.why = [*mail.why, f"{actor.name} let it wait again."]
    session.add(mail)
    session.flush()
    announce(session, mail.organization_id, mail.ticket_id)


def _held(session: Session, actor: Actor, mail_id: str) -> tuple[MailMessage, Verdict]:
    actor.require(UserRole.AGENT)
    mail = locked(session, mail_id)
    if mail.state != MailState.HELD:
        raise Conflict(f"This message does not wait any more; it is {mail.state.lower()}.")
    raw = session.exec(select(MailOriginal.raw).where(MailOriginal.mail_id == mail_id)).one()
    desk = DeskOfOrganization(session, mail.organization_id)
    return mail, judge(raw, desk, tuple(mail.body.get("envelopeTo", ())))


def _settled(
    session: Session, actor: Actor, mail: MailMessage, state: MailState, words: str, result: Result
) -> Outcome:
    mail.state, mail.judged_at = state, clock.now()
    mail.why = [*mail.why, f"{actor.name} {words}."]
    session.add(mail)
    session.flush()
    announce(session, mail.organization_id, mail.ticket_id)
    return outcome(session, actor, mail, result)
