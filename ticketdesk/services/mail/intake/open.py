"""A mail becomes a new ticket."""

from typing import Any

from sqlmodel import Session, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import MailMessage, Ticket, TicketLink
from ticketdesk.models.enums import LinkKind, TicketActivityType, TicketSource
from ticketdesk.services.mail.inbound.addresses import Address
from ticketdesk.services.mail.inbound.message import ParsedMail
from ticketdesk.services.mail.inbound.verdict import Verdict
from ticketdesk.services.mail.intake.authors import visitor
from ticketdesk.services.mail.intake.content import content_of
from ticketdesk.services.mail.intake.files import store_files
from ticketdesk.services.mail.languages import AVAILABLE
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

MAX_COPIES = 20
_LONGEST_SUBJECT = 300


def open_ticket(
    session: Session,
    mail: MailMessage,
    verdict: Verdict,
    author: Address,
    own_addresses: frozenset[str],
) -> Ticket:
    """Open a ticket for `author`, with files, copies and the link to a closed one it follows."""
    parsed, body = verdict.mail, verdict.body
    if parsed is None or body is None:
        raise ValueError("this verdict opens no ticket")
    actor = visitor(mail.organization_id, author)
    command = CreateTicket.parse(
        {
            "requesterName": (author.name or author.email)[:200],
            "requesterEmail": author.email,
            "subject": verdict.subject[:_LONGEST_SUBJECT],
            "description": body.text[:1000] or "-",
        }
    )
    view = create(
        session, actor, command, source=TicketSource.EMAIL, metadata=_metadata(mail, verdict)
    )
    ticket = session.exec(select(Ticket).where(Ticket.id == view.id).with_for_update()).one()
    files = store_files(session, ticket, verdict.files)
    mail.why = [*mail.why, *files.notes]
    content = content_of(body, files.inline_urls)
    ticket.description, ticket.description_format = content.text, content.format
    ticket.description_text = body.text[:400_000]
    ticket.cc = _copies(parsed, author, own_addresses)
    ticket.language = _language(parsed)
    session.add(ticket)
    session.flush()
    if verdict.linked_to is not None:
        _link(session, actor, ticket, verdict.linked_to)
    return ticket


def _metadata(mail: MailMessage, verdict: Verdict) -> dict[str, Any]:
    facts: dict[str, Any] = {"mailId": mail.id, "mayAnswer": verdict.may_answer}
    if verdict.linked_to is not None:
        facts["followsTicketNumber"] = verdict.linked_to
    return {"mail": facts}


def _copies(parsed: ParsedMail, author: Address, own: frozenset[str]) -> list[str]:
    """Those who read along take part; a mailing to a crowd makes nobody a participant."""
    others = [
        a.email
        for a in (*parsed.to, *parsed.cc)
        if a.email != author.email and a.email not in own and not _is_plus_of(a.email, own)
    ]
    return others if len(others) <= MAX_COPIES else []


def _is_plus_of(email: str, own: frozenset[str]) -> bool:
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in own


def _language(parsed: ParsedMail) -> str | None:
    for name in ("content-language", "accept-language"):
        tag = parsed.headers.get(name).split(",")[0].split(";")[0].split("-")[0].strip().lower()
        if tag in AVAILABLE:
            return tag
    return None


def _link(session: Session, actor: Actor, ticket: Ticket, number: int) -> None:
    old = session.exec(select(Ticket).where(Ticket.ticket_number == number)).first()
    if old is None:
        return
    session.add(
        TicketLink(
            id=new_id("link"),
            organization_id=ticket.organization_id,
            ticket_id=ticket.id,
            other_ticket_id=old.id,
            kind=LinkKind.RELATED,
        )
    )
    events.record(
        session,
        actor,
        old,
        TicketActivityType.LINKED,
        f"wrote again; that became ticket #{ticket.ticket_number}",
        changes={"links": (None, ticket.id)},
    )
