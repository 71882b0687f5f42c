"""One change in a form that macros, bulk actions and rules share."""

from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import ContentFormat, TicketPriority, TicketStatus
from ticketdesk.models.wire import Command
from ticketdesk.services.library import variables
from ticketdesk.services.tickets.assign import apply_assignment, resolve_assignee
from ticketdesk.services.tickets.commands import Body, Category, Reference, Tags
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.respond import implied_status
from ticketdesk.services.tickets.status import apply_status
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.update import set_category, set_priority, set_tags


class TicketChange(Command):
    """What to change; only the given keys count. `reply` and `note` are HTML of the editor."""

    status: TicketStatus | None = None
    priority: TicketPriority | None = None
    category: Category | None = None
    assigned_to_id: Reference | None = None
    add_tags: Annotated[Tags, Field(max_length=20)] = Field(default_factory=list)
    remove_tags: Annotated[Tags, Field(max_length=20)] = Field(default_factory=list)
    reply: Body | None = None
    note: Body | None = None


def apply(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    change: TicketChange,
    *,
    organization: str = "",
) -> bool:
    """Make a change on a locked ticket, messages first and the status last.

    Variables in texts are filled for this ticket. A reply without a status moves the ticket as any
    reply does (semantics.md, Status).

    Returns:
        Whether anything changed.

    Raises:
        Conflict: the status move is not allowed.
        NotFound: the member is not there.
    """
    given = change.model_fields_set
    said = _write(session, actor, ticket, change, organization)
    changed = [bool(said)]
    if change.priority:
        changed.append(set_priority(session, actor, ticket, change.priority))
    if "category" in given:
        changed.append(set_category(session, actor, ticket, change.category))
    if change.add_tags or change.remove_tags:
        kept = [tag for tag in ticket.tags if tag not in change.remove_tags]
        wanted = list(dict.fromkeys([*kept, *change.add_tags]))
        changed.append(set_tags(session, actor, ticket, wanted))
    if "assigned_to_id" in given:
        user = resolve_assignee(session, actor, change.assigned_to_id)
        changed.append(apply_assignment(session, actor, ticket, user))
    after = change.status or next(
        (implied for row in said if (implied := implied_status(actor, ticket, row))), None
    )
    if after:
        changed.append(apply_status(session, actor, ticket, after))
    if any(changed):
        touch(session, ticket)
    return any(changed)


def _write(
    session: Session, actor: Actor, ticket: Ticket, change: TicketChange, organization: str
) -> list[TicketResponse]:
    values = variables.values_for(ticket, agent=actor.name, organization=organization)
    return [
        add_message(
            session,
            actor,
            ticket,
            variables.fill(text, variables.escaped(values)).content,
            content_format=ContentFormat.HTML,
            is_internal=is_internal,
        )
        for text, is_internal in ((change.note, True), (change.reply, False))
        if text
    ]
