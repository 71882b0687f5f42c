"""One ticket in the portal: read, answered, closed, opened again; and a new one."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.services.embed import pending_files, rules, tracking
from ticketdesk.services.embed.fields import CUSTOM
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.embed.tracking import TrackedTicket
from ticketdesk.services.portal.tickets import require_customer
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status

_CONTACT = ("requesterName", "requesterEmail", "requesterPhone")


def read(session: Session, actor: Actor, reference: str) -> TrackedTicket:
    """Return the public side of a ticket.

    Raises:
        NotFound: no such ticket for this customer.
    """
    require_customer(actor)
    ticket = access.find(session, actor, reference)
    return tracking.public_side(session, tracking.follow(session, ticket.id), actor.email or "")


def file_url(
    session: Session, actor: Actor, reference: str, file_id: str, *, is_shown: bool = False
) -> str:
    """Return a path that opens one file of the public side for five minutes.

    Raises:
        NotFound: no such ticket or file for this customer.
    """
    ticket = read(session, actor, reference)
    return tracking.url_of_file(session, ticket, file_id, is_shown=is_shown)


def answer(session: Session, actor: Actor, reference: str, content: str, files: list[str]) -> int:
    """Add a message and return the number of the ticket it went to: a new one where that is over.

    Args:
        files: upload handles.

    Raises:
        NotFound: no such ticket for this customer.
        Invalid: the message is empty or too long, or a file is gone.
    """
    require_customer(actor)
    ticket = access.find(session, actor, reference)
    claimed = pending_files.claim(session, actor, files)
    command = AddResponse.parse({"content": content, "attachmentIds": claimed})
    done = respond(session, actor, ticket.id, command)
    return ticket.ticket_number if done.response else done.ticket.ticket_number


def close(session: Session, actor: Actor, reference: str) -> None:
    """Close a ticket: the customer says that the matter is settled."""
    _move(session, actor, reference, S.CLOSED)


def reopen(session: Session, actor: Actor, reference: str) -> None:
    """Open a ticket again."""
    _move(session, actor, reference, S.OPEN)


def ask(
    session: Session, actor: Actor, form: PublicForm, answers: dict[str, Any], files: list[str]
) -> int:
    """Open a ticket with the questions of the organization's form and return its number.

    Args:
        answers: by the names of the form's fields.
        files: upload handles.

    Raises:
        Invalid: `fields` names each problem in the form's language.
    """
    require_customer(actor)
    language = form.config.language
    asked = [field for field in form.config.fields if field.name not in _CONTACT]
    wrong = rules.problems(asked, answers)
    if wrong:
        fields = {name: say(language, key, **filling) for name, (key, filling) in wrong.items()}
        raise Invalid(say(language, "error.form"), fields=fields)
    known = {field.name for field in asked}
    given = {name: value for name, value in answers.items() if name in known and value}
    own = {
        name.removeprefix(CUSTOM): value for name, value in given.items() if name.startswith(CUSTOM)
    }
    wanted = {
        "requesterName": actor.name,
        "requesterEmail": actor.email,
        "subject": given.get("subject", ""),
        "description": given.get("description", ""),
        "category": given.get("category") or None,
        "customFields": own,
        "attachmentIds": pending_files.claim(session, actor, files),
    }
    return create(session, actor, CreateTicket.parse(wanted)).ticket_number


def _move(session: Session, actor: Actor, reference: str, status: S) -> None:
    require_customer(actor)
    ticket = tracking.follow(session, access.find(session, actor, reference).id).ticket
    if ticket.status != status:
        change_status(session, actor, ticket.id, ChangeStatus(status=status))
