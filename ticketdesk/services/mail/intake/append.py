"""A mail becomes a message of a ticket that is there."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import MailMessage, Ticket, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType
from ticketdesk.services.mail.inbound.addresses import Address
from ticketdesk.services.mail.inbound.verdict import Verdict
from ticketdesk.services.mail.intake.authors import author_of, visitor
from ticketdesk.services.mail.intake.content import content_of
from ticketdesk.services.mail.intake.files import store_files
from ticketdesk.services.rules import pending
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.respond import implied_status
from ticketdesk.services.tickets.status import apply_status
from ticketdesk.services.tickets.touch import touch


def append_message(
    session: Session,
    mail: MailMessage,
    ticket_number: int,
    verdict: Verdict,
    author: Address,
    *,
    as_agent: bool,
) -> TicketResponse:
    """Add the mail as a response; an agent's is the agent's and goes out, unless it is a note.

    The status moves as for any other message (semantics.md, Status).
    """
    if verdict.body is None:
        raise ValueError("this verdict holds no message")
    ticket = _locked(session, ticket_number)
    actor = _actor(session, ticket.organization_id, author, as_agent=as_agent)
    files = store_files(session, ticket, verdict.files)
    mail.why = [*mail.why, *files.notes]
    content = content_of(verdict.body, files.inline_urls)
    row = add_message(
        session,
        actor,
        ticket,
        content.text,
        content_format=content.format,
        is_internal=verdict.is_note and as_agent,
        author_type=ResponseAuthorType.AGENT if as_agent else ResponseAuthorType.EMAIL,
    )
    row.content_text = verdict.body.text[:400_000]
    session.add(row)
    for file in files.rows:
        file.response_id = row.id
        session.add(file)
    if after := implied_status(actor, ticket, row):
        apply_status(session, actor, ticket, after)
    if not verdict.may_answer and not verdict.is_agent:
        pending.forbid_answers(session, ticket.id)
    touch(session, ticket)
    return row


def _locked(session: Session, ticket_number: int) -> Ticket:
    return session.exec(
        select(Ticket)
        .where(Ticket.ticket_number == ticket_number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _actor(session: Session, organization_id: str, author: Address, *, as_agent: bool) -> Actor:
    known = author_of(session, organization_id, author)
    # Staff whose mail was held speak as themselves only once that is certain.
    return visitor(organization_id, author) if known.is_staff and not as_agent else known
