"""One change of many tickets: checked, worked through in batches, undoable as a whole."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, Invalid, NotFound, TicketDeskError
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, Ticket, TicketResponse
from ticketdesk.models.bulk_action import BulkAction
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.library import variables
from ticketdesk.services.tickets import change as changes
from ticketdesk.services.tickets.bulk_view import DELETE, BulkView, parts, view
from ticketdesk.services.tickets.commands import Reference
from ticketdesk.services.tickets.snapshot import ticket_facts

AT_ONCE = 100
BATCH = 100
LARGEST = 10_000
PART = 1_000
"""How many tickets one row of the table holds, which is written anew after each batch."""
SUBSCRIBER = "tickets.bulk"
_MISSING = "There is no such ticket."

_Treat = Callable[[Session, Ticket], dict[str, Any]]


class BulkChange(Command):
    """The tickets and the change; up to 10,000 at a time."""

    ticket_ids: Annotated[list[Reference], Field(min_length=1, max_length=LARGEST)]
    change: changes.TicketChange


class BulkDelete(Command):
    """The tickets that are to be deleted; up to 10,000 at a time."""

    ticket_ids: Annotated[list[Reference], Field(min_length=1, max_length=LARGEST)]


def start(
    session: Session, actor: Actor, command: BulkChange, *, further: Sequence[str] = ()
) -> BulkView:
    """Begin a bulk action; up to 100 tickets are done at once, more by a job.

    Tickets that refuse the change are left as they are and named with the reason.

    Args:
        further: identifiers of any number of tickets beyond those of the command.

    Raises:
        Invalid: nothing to change.
        Forbidden: an API key; a bulk action belongs to a member who may undo it.
    """
    actor.require(UserRole.AGENT)
    if not command.change.model_fields_set:
        raise Invalid("Say what to change.", fields={"change": "Say what to change."})
    for field in ("reply", "note"):
        variables.require_known(getattr(command.change, field) or "", field)
    change = command.change.model_dump(mode="json", exclude_unset=True)
    return _begin(session, actor, [*command.ticket_ids, *further], change)


def start_delete(
    session: Session, actor: Actor, command: BulkDelete, *, further: Sequence[str] = ()
) -> BulkView:
    """Begin deleting tickets, with their messages, history and files; they can be restored.

    Args:
        further: identifiers of any number of tickets beyond those of the command.

    Raises:
        Forbidden: the caller is no admin, or an API key.
    """
    actor.require(UserRole.ADMIN)
    return _begin(session, actor, [*command.ticket_ids, *further], {DELETE: True})


def _begin(
    session: Session, actor: Actor, ticket_ids: list[str], change: dict[str, Any]
) -> BulkView:
    if actor.user_id is None:
        raise Forbidden("Bulk actions belong to a member.")
    meant = list(dict.fromkeys(ticket_ids))
    first = new_id("bulk")
    rows = [
        BulkAction(
            id=new_id("bulk") if at else first,
            organization_id=actor.organization_id,
            part_of=first if at else None,
            change=change,
            ticket_ids=meant[at : at + PART],
            performed_by_id=actor.user_id,
        )
        for at in range(0, len(meant), PART)
    ]
    for row in rows:
        session.add(row)
        session.flush()
        if len(meant) > AT_ONCE:
            outbox.put(session, actor.organization_id, SUBSCRIBER, {"bulkId": row.id})
    if len(meant) <= AT_ONCE:
        _work(session, actor, rows[0])
    return view(session, first)


def progress(session: Session, actor: Actor, bulk_id: str) -> BulkView:
    """Return how far the caller's bulk action is.

    Raises:
        NotFound: it is not there or another's.
    """
    actor.require(UserRole.AGENT, writes=False)
    return view(session, _mine(session, actor, bulk_id))


def work(session: Session, actor: Actor, bulk_id: str) -> bool:
    """Do the next batch; True when all is done. Running twice does nothing twice.

    Args:
        actor: the member who began it.
    """
    row = locked_part(session, actor, bulk_id)
    if row.finished_at is None:
        _work(session, actor, row)
    return row.finished_at is not None


def _mine(session: Session, actor: Actor, bulk_id: str) -> str:
    """Return the identifier where it is the caller's own action, or a part of one."""
    found = session.exec(
        select(BulkAction.id).where(
            BulkAction.organization_id == actor.organization_id,
            BulkAction.id == bulk_id,
            BulkAction.performed_by_id == actor.user_id,
        )
    ).first()
    if found is None:
        raise NotFound("There is no such bulk action.")
    return found


def _work(session: Session, actor: Actor, row: BulkAction) -> None:
    batch = row.ticket_ids[row.position : row.position + BATCH]
    if DELETE in row.change:
        _delete(session, actor, row, batch)
    else:
        _change(session, actor, row, batch)
    row.position += len(batch)
    if row.position >= len(row.ticket_ids):
        row.finished_at = clock.now()
    session.add(row)
    session.flush()


def _delete(session: Session, actor: Actor, row: BulkAction, batch: list[str]) -> None:
    gone = put_away(session, actor, batch)
    row.before = row.before | {ticket_id: {DELETE: True} for ticket_id in sorted(gone)}
    row.refused = row.refused | {each: _MISSING for each in batch if each not in gone}


def _change(session: Session, actor: Actor, row: BulkAction, batch: list[str]) -> None:
    treat = _alteration(session, actor, row)
    before, refused = dict(row.before), dict(row.refused)
    tickets = _locked(session, row, batch)
    for ticket_id in batch:
        ticket = tickets.get(ticket_id)
        if ticket is None:
            refused[ticket_id] = _MISSING
            continue
        try:
            with session.begin_nested():
                known = treat(session, ticket)
        except TicketDeskError as error:
            session.refresh(ticket)
            refused[ticket_id] = error.message
            continue
        if known:
            before[ticket_id] = known
    row.before, row.refused = before, refused


def _alteration(session: Session, actor: Actor, row: BulkAction) -> _Treat:
    """Return what changes one ticket and gives all it takes to undo that, if it changed."""
    change = changes.TicketChange.parse(row.change)
    organization = session.exec(
        select(Organization.name).where(Organization.id == row.organization_id)
    ).one()

    def treat(session: Session, ticket: Ticket) -> dict[str, Any]:
        facts = _facts(ticket)
        if not changes.apply(session, actor, ticket, change, organization=organization):
            return {}
        facts["versionAfter"] = ticket.version
        if change.reply:
            facts["responseId"] = _own_last_reply(session, actor, ticket)
        return facts

    return treat


def _own_last_reply(session: Session, actor: Actor, ticket: Ticket) -> str | None:
    return session.exec(
        select(TicketResponse.id)
        .where(
            TicketResponse.ticket_id == ticket.id,
            TicketResponse.author_id == actor.user_id,
            ~col(TicketResponse.is_internal),
        )
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(1)
    ).first()


def _locked(session: Session, row: BulkAction, ticket_ids: list[str]) -> dict[str, Ticket]:
    """Lock those of the tickets that are there, in one order, and give them by id."""
    found = session.exec(
        select(Ticket)
        .where(Ticket.organization_id == row.organization_id, col(Ticket.id).in_(ticket_ids))
        .order_by(col(Ticket.id))
        .with_for_update()
    )
    return {ticket.id: ticket for ticket in found}


def _facts(ticket: Ticket) -> dict[str, Any]:
    return ticket_facts(ticket) | {
        "priority": str(ticket.priority),
        "category": ticket.category,
        "tags": list(ticket.tags),
        "assigned_to_id": ticket.assigned_to_id,
    }


def locked_part(session: Session, actor: Actor, bulk_id: str) -> BulkAction:
    """Return one row of the caller's bulk action, locked.

    Raises:
        NotFound: it is not there or another's.
    """
    part = session.get(BulkAction, _mine(session, actor, bulk_id), with_for_update=True)
    if part is None:
        raise NotFound("There is no such bulk action.")
    return part


def locked_parts(session: Session, actor: Actor, bulk_id: str) -> list[BulkAction]:
    """Return all rows of the caller's bulk action, locked, the first one first.

    Raises:
        NotFound: it is not there or another's.
    """
    return parts(session, _mine(session, actor, bulk_id))
