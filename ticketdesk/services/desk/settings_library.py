"""Canned responses and macros as one writes them, and what a customer would get."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services.library import canned_responses, macros, variables
from ticketdesk.services.library.canned_responses import CannedResponseInput, CannedResponseView
from ticketdesk.services.library.macros import MacroInput, MacroView
from ticketdesk.services.rich_text import sanitise

_EXAMPLE = {
    "ticket.number": "1042",
    "ticket.subject": "The parcel is late",
    "ticket.status": "open",
    "requester.name": "Jane Doe",
    "requester.first_name": "Jane",
    "requester.email": "jane@customer.example",
}


def save_response(
    session: Session, actor: Actor, row_id: str, values: dict[str, Any], version: int
) -> CannedResponseView:
    """Make a canned response, or change the one with an id.

    Args:
        row_id: '' for a new one.
        values: a `CannedResponseInput`; `content` is HTML of the editor.
        version: of the one that is changed.

    Raises:
        Invalid, Conflict, Forbidden, Stale: as the library says.
    """
    actor.require(UserRole.AGENT)
    command = CannedResponseInput.parse(values)
    if not row_id:
        return canned_responses.create(session, actor, command)
    return canned_responses.update(session, actor, row_id, command, version)


def save_macro(
    session: Session, actor: Actor, row_id: str, values: dict[str, Any], version: int
) -> MacroView:
    """Make a macro, or change the one with an id; its texts are HTML of the editor.

    Raises:
        Invalid, Conflict, Forbidden, Stale: as the library says.
    """
    actor.require(UserRole.AGENT)
    command = MacroInput.parse(values)
    if not row_id:
        return macros.create(session, actor, command)
    return macros.update(session, actor, row_id, command, version)


def example(session: Session, actor: Actor, content: str, field: str = "content") -> str:
    """Return a text as a customer would get it, for a ticket that does not exist.

    Args:
        content: HTML of the editor.
        field: where it is written, to say there what is wrong.

    Returns:
        HTML, sanitised.

    Raises:
        Invalid: a variable that does not exist.
    """
    actor.require(UserRole.AGENT, writes=False)
    own = {"agent.name": actor.name, "agent.first_name": variables.first_name(actor.name)}
    values = _EXAMPLE | own | {"organization.name": "your organization"}
    variables.require_known(content, field)
    return sanitise(variables.fill(content, variables.escaped(values)).content)
