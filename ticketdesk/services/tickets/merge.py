"""Merging tickets about the same matter into one (semantics.md, Merge, split, link)."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col, select, update

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketAttachment, TicketMerge, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, TicketActivityType, TicketStatus, UserRole
from ticketdesk.models.wire import Command, Moment, View
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import Reference
from ticketdesk.services.tickets.snapshot import ticket_facts
from ticketdesk.services.tickets.touch import touch


class MergeTickets(Command):
    """The tickets (identifiers or numbers) to take in."""

    source_ticket_ids: Annotated[list[Reference], Field(min_length=1, max_length=50)]


class MergeView(View):
    """A merge as the API gives it."""

    id: str
    target_id: str
    source_ticket_ids: list[str]
    performed_by_name: str
    created_at: Moment
    undone_at: Moment | None


def merge(session: Session, actor: Actor, reference: str, command: MergeTickets) -> MergeView:
    """Move everything of the source tickets to the target and close them with a pointer.

    Messages keep their times and remember where they came from; each source's description becomes
    a message of its requester. A target that was merged itself is followed to its end.

    Raises:
        NotFound: a ticket is not there.
        Invalid: a ticket would be merged into itself.
        Conflict: a source was merged already.
    """
    actor.require(UserRole.AGENT)
    target, sources = _locked(session, actor, reference, command.source_ticket_ids)
    row = TicketMerge(
        id=new_id("merge"),
        organization_id=target.organization_id,
        target_id=target.id,
        target_before=ticket_facts(target),
        performed_by_id=actor.user_id,
        performed_by_name=actor.name,
    )
    row.sources = [_take_in(session, actor, target, source) for source in sources]
    _adopt_first_response(session, target)
    session.add(row)
    numbers = ", ".join(f"#{source.ticket_number}" for source in sources)
    events.record(
        session,
        actor,
        target,
        TicketActivityType.MERGED,
        f"merged {numbers} into this ticket",
        changes={"mergedFrom": (None, [source.id for source in sources])},
    )
    touch(session, target)
    return view(row)


def view(row: TicketMerge) -> MergeView:
    """Return a merge as the API gives it."""
    return MergeView(
        id=row.id,
        target_id=row.target_id,
        source_ticket_ids=[source["ticketId"] for source in row.sources],
        performed_by_name=row.performed_by_name,
        created_at=row.created_at,
        undone_at=row.undone_at,
    )


def final_target(session: Session, ticket: Ticket, *, lock: bool = False) -> Ticket:
    """Return where a merged ticket's mail and replies go: the end of the chain of merges."""
    seen = {ticket.id}
    while ticket.merged_into_id and ticket.merged_into_id not in seen:
        seen.add(ticket.merged_into_id)
        query = select(Ticket).where(Ticket.id == ticket.merged_into_id)
        found = session.exec(query.with_for_update() if lock else query).first()
        if found is None:
            break
        ticket = found
    return ticket


def _locked(
    session: Session, actor: Actor, reference: str, sources: list[str]
) -> tuple[Ticket, list[Ticket]]:
    """Lock all tickets in one order, so that two merges at once never wait for each other."""
    target = final_target(session, access.find(session, actor, reference))
    found = {t.id: t for t in (access.find(session, actor, source) for source in sources)}
    if target.id in found:
        message = "A ticket cannot be merged into itself."
        raise Invalid(message, fields={"sourceTicketIds": message})
    ids = sorted([target.id, *found])
    locked = session.exec(
        select(Ticket)
        .where(col(Ticket.id).in_(ids))
        .order_by(col(Ticket.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    by_id = {ticket.id: ticket for ticket in locked}
    for source_id in found:
        if by_id[source_id].merged_into_id:
            raise Conflict(f"Ticket #{by_id[source_id].ticket_number} was merged already.")
    if by_id[target.id].merged_into_id:
        raise Conflict(f"Ticket #{target.ticket_number} was merged meanwhile. Try again.")
    return by_id[target.id], [by_id[source_id] for source_id in found]


def _take_in(session: Session, actor: Actor, target: Ticket, source: Ticket) -> dict[str, Any]:
    before = ticket_facts(source)
    responses = session.exec(
        select(TicketResponse).where(TicketResponse.ticket_id == source.id).with_for_update()
    ).all()
    fresh = {row.id: row.origin_ticket_id for row in responses}
    for row in responses:
        row.ticket_id = target.id
        row.origin_ticket_id = row.origin_ticket_id or source.id
        session.add(row)
    opening = _opening_message(source, target)
    session.add(opening)
    session.flush()
    files = _move_files(session, source, target, opening)
    _share_people(target, source)
    source.merged_into_id = target.id
    _close(source)
    target.last_message_at = max(target.last_message_at, source.last_message_at)
    events.record(
        session,
        actor,
        source,
        TicketActivityType.MERGED,
        f"merged this ticket into #{target.ticket_number}",
        changes={
            "mergedIntoId": (None, target.id),
            "status": (before["status"], str(source.status)),
        },
    )
    touch(session, source)
    return {
        "ticketId": source.id,
        "before": before,
        "versionAfter": source.version,
        "responses": fresh,
        "openingId": opening.id,
        "attachments": files,
    }


def _opening_message(source: Ticket, target: Ticket) -> TicketResponse:
    return TicketResponse(
        id=new_id("resp"),
        organization_id=source.organization_id,
        ticket_id=target.id,
        content=source.description,
        content_format=source.description_format,
        content_text=source.description_text,
        author_id=source.requester_id,
        author_email=source.requester_email,
        author_name=source.requester_name,
        author_type=ResponseAuthorType.CUSTOMER,
        origin_ticket_id=source.id,
        created_at=source.created_at,
        updated_at=source.created_at,
    )


def _move_files(
    session: Session, source: Ticket, target: Ticket, opening: TicketResponse
) -> dict[str, str | None]:
    """Move the files; those of the description belong to the opening message from now on."""
    rows = session.exec(
        select(TicketAttachment).where(TicketAttachment.ticket_id == source.id).with_for_update()
    ).all()
    former = {row.id: row.response_id for row in rows}
    for row in rows:
        row.ticket_id = target.id
        row.response_id = row.response_id or opening.id
        session.add(row)
    return former


def _share_people(target: Ticket, source: Ticket) -> None:
    """Copy who takes part and which chats belong, each once."""
    people = [*target.cc, *source.cc]
    if source.requester_email != target.requester_email:
        people.append(source.requester_email)
    target.cc = [p for p in dict.fromkeys(people) if p != target.requester_email]
    chats = [*target.linked_chat_ids, *source.linked_chat_ids]
    if source.origin_chat_id and source.origin_chat_id != target.origin_chat_id:
        chats.append(source.origin_chat_id)
    target.linked_chat_ids = list(dict.fromkeys(chats))


def _close(source: Ticket) -> None:
    # Closing by merge is no move of the status table: it is possible from every status.
    source.status = TicketStatus.CLOSED
    source.closed_at = source.closed_at or clock.now()
    source.sla_due_at = source.sla_warn_at = source.next_sla_event_at = None


def _adopt_first_response(session: Session, target: Ticket) -> None:
    if target.first_response_at is None:
        target.first_response_at = session.exec(
            select(TicketResponse.created_at)
            .where(
                TicketResponse.ticket_id == target.id,
                TicketResponse.author_type == ResponseAuthorType.AGENT,
                ~col(TicketResponse.is_internal),
            )
            .order_by(col(TicketResponse.created_at))
            .limit(1)
        ).first()
        if target.first_response_at is not None:
            refresh(session, target)


def retarget(session: Session, response_ids: list[str], ticket_id: str) -> None:
    """Move messages, and the files that hang on them, to a ticket."""
    for model, column in (
        (TicketResponse, TicketResponse.id),
        (TicketAttachment, TicketAttachment.response_id),
    ):
        session.exec(
            update(model)
            .where(col(column).in_(response_ids))
            .values(ticket_id=ticket_id)
            .execution_options(synchronize_session="fetch")
        )
