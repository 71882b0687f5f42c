"""Uploads of people who are signed in: to a ticket at once, or ahead of a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.files import room
from ticketdesk.services.files.intake import Taken
from ticketdesk.services.files.records import add_rows
from ticketdesk.services.files.room import Room
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.merge import final_target
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.views import AttachmentView, attachment_view


@dataclass(frozen=True, slots=True)
class Admission:
    """Leave to upload: into whose folder, and how much."""

    folder: str
    room: Room


def admit(session: Session, actor: Actor, reference: str | None) -> Admission:
    """Say whether and how much a caller may upload, before the first byte is read.

    Args:
        reference: the ticket, or None for files that a message or new ticket will name.

    Raises:
        NotFound: no such ticket for this caller.
        Invalid: no more files fit.
    """
    actor.require(UserRole.CUSTOMER)
    if reference is None:
        left = room.for_waiting(session, actor)
    else:
        left = room.for_ticket(session, access.find(session, actor, reference))
    left.require_count(1)
    return Admission(actor.organization_id, left)


def keep(
    session: Session, actor: Actor, reference: str | None, taken: Sequence[Taken]
) -> list[AttachmentView]:
    """Give uploaded files their rows, all or none, and tell the ticket's history.

    The limits are held once more: other uploads may have come in meanwhile.

    Raises:
        NotFound: the ticket is gone.
        TooLarge, Invalid: the files no longer fit.
    """
    actor.require(UserRole.CUSTOMER)
    if reference is None:
        _require_fit(room.for_waiting(session, actor), taken)
        return [attachment_view(row) for row in add_rows(session, actor, taken)]
    ticket = access.find(session, actor, reference, lock=True)
    ticket = final_target(session, ticket, lock=True)
    _require_fit(room.for_ticket(session, ticket), taken)
    rows = add_rows(session, actor, taken, ticket_id=ticket.id)
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.ATTACHMENT_ADDED,
        "attached " + ", ".join(row.original_name for row in rows),
        changes={"attachments": (None, [row.id for row in rows])},
    )
    touch(session, ticket)
    return [attachment_view(row) for row in rows]


def _require_fit(left: Room, taken: Sequence[Taken]) -> None:
    left.require_count(len(taken))
    total = 0
    for one in taken:
        total += one.stored.size
        left.require_size(one.stored.size, one.name)
    left.require_total(total)
