"""The verbs of the stories: each leaves what the product's own verb leaves behind."""

from collections.abc import Callable
from datetime import datetime

from ticketdesk.demo import attach
from ticketdesk.demo.desk import Desk, Doer, format_of, note_change, plain
from ticketdesk.demo.script import Step, status_named
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, TicketPriority, TicketSource
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.status import ENDED, WAITING, require_move

Verb = Callable[[Desk, Ticket, Doer, datetime, Step], bool]

_ENDINGS = {S.RESOLVED: A.RESOLVED, S.CLOSED: A.CLOSED}


def replies(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """A public message; an agent's first one opens the ticket, a customer's reopens it."""
    row = _message(desk, ticket, by, at, step)
    _answer_or_wait(ticket, by, at)
    note_change(desk, ticket, by, at, A.RESPONDED, "replied", response_id=row.id)
    attach.to_response(desk, ticket, by, row, step.files)
    after = status_named(step.what)
    if after is None and by.is_staff and ticket.status == S.NEW:
        after = S.OPEN
    if after is None and not by.is_staff and ticket.status in (S.WAITING_ON_CUSTOMER, S.RESOLVED):
        after = S.OPEN
    if after:
        _move(desk, ticket, by, at, after)
    return True


def notes(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """An internal note."""
    row = _message(desk, ticket, by, at, step, is_internal=True)
    note_change(
        desk, ticket, by, at, A.INTERNAL_NOTE_ADDED, "added an internal note", response_id=row.id
    )
    attach.to_response(desk, ticket, by, row, step.files)
    return True


def assigns(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Gives the ticket to the agent with that first name."""
    user = desk.staff[step.what]
    before, ticket.assigned_to_id, ticket.assigned_at = ticket.assigned_to_id, user.id, at
    note_change(
        desk, ticket, by, at, A.ASSIGNED, f"assigned the ticket to {user.name}",
        changes={"assignedToId": (before, user.id)},
    )  # fmt: skip
    return True


def takes(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Gives the ticket to whoever does it."""
    mine = Step(step.when, step.who, "assigns", step.who, (), "")
    return assigns(desk, ticket, by, at, mine)


def moves(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Sets the status."""
    _move(desk, ticket, by, at, S(step.what))
    return True


def ranks(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Sets the priority."""
    before, after = ticket.priority, TicketPriority(step.what)
    ticket.priority = after
    note_change(
        desk, ticket, by, at, A.PRIORITY_CHANGED,
        f"changed the priority from {before} to {after}",
        changes={"priority": (before, after)},
    )  # fmt: skip
    return True


def files(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Sets the category: files the ticket under it."""
    before, ticket.category = ticket.category, step.what
    note_change(
        desk, ticket, by, at, A.CATEGORY_CHANGED, f"set the category to {step.what}",
        changes={"category": (before, step.what)},
    )  # fmt: skip
    return True


def tags(desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step) -> bool:
    """Adds tags."""
    before = list(ticket.tags)
    added = [tag for tag in step.what.split() if tag not in before]
    ticket.tags = before + added
    note_change(
        desk, ticket, by, at, A.TAG_ADDED, f"added the tag {', '.join(added)}",
        changes={"tags": (before, ticket.tags)},
    )  # fmt: skip
    return True


STEPS: dict[str, Verb] = {
    verb.__name__: verb for verb in (replies, notes, assigns, takes, moves, ranks, files, tags)
}


def _message(
    desk: Desk, ticket: Ticket, by: Doer, at: datetime, step: Step, *, is_internal: bool = False
) -> TicketResponse:
    row = TicketResponse(
        id=desk.identifiers.new("resp", at),
        organization_id=desk.organization.id,
        ticket_id=ticket.id,
        content=step.text,
        content_format=format_of(step.text),
        content_text=plain(step.text),
        is_internal=is_internal,
        author_id=by.user.id if by.user else None,
        author_email=by.email,
        author_name=by.name,
        author_type=_author_type(ticket, by),
        created_at=at,
        updated_at=at,
    )
    if by.is_staff and not is_internal:
        row.is_email_sent = True
        row.email_message_id = f"<{row.id}@{desk.organization.slug}.example>"
    desk.responses.append(row)
    ticket.last_message_at = at
    return row


def _answer_or_wait(ticket: Ticket, by: Doer, at: datetime) -> None:
    """Start and stop the response targets as `sla.refresh.message_added` does."""
    if by.is_staff:
        ticket.first_response_at = ticket.first_response_at or at
        ticket.next_response_since = None
    elif ticket.first_response_at is not None:
        ticket.next_response_since = ticket.next_response_since or at


def _author_type(ticket: Ticket, by: Doer) -> ResponseAuthorType:
    if by.is_staff:
        return ResponseAuthorType.AGENT
    by_mail = by.user is None or ticket.source == TicketSource.EMAIL
    return ResponseAuthorType.EMAIL if by_mail else ResponseAuthorType.CUSTOMER


def _move(desk: Desk, ticket: Ticket, by: Doer, at: datetime, after: S) -> None:
    before = S(ticket.status)
    require_move(before, after)
    ticket.status, ticket.status_changed_at = after, at
    _keep_pauses(ticket, at)
    if after == S.RESOLVED:
        ticket.resolved_at = at
    elif after in (S.CLOSED, S.CANCELLED):
        ticket.closed_at = at
        ticket.resolved_at = ticket.resolved_at or (at if after == S.CLOSED else None)
    else:
        ticket.resolved_at = ticket.closed_at = None
    reopened = before in ENDED and after not in ENDED
    note_change(
        desk, ticket, by, at, A.REOPENED if reopened else _ENDINGS.get(after, A.STATUS_CHANGED),
        f"changed the status from {before} to {after}",
        changes={"status": (before, after)},
    )  # fmt: skip


def _keep_pauses(ticket: Ticket, at: datetime) -> None:
    """Close the stay in a status that is over and open the one that begins."""
    stays = [stay | {"to": stay["to"] or at.isoformat()} for stay in ticket.sla_pauses]
    if ticket.status in WAITING | ENDED:
        stays.append({"status": str(ticket.status), "from": at.isoformat(), "to": None})
    ticket.sla_pauses = stays
