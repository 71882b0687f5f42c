"""Plays a story: its ticket, messages and history as the ticket verbs would have left them."""

from datetime import datetime

from ticketdesk.demo import attach
from ticketdesk.demo.desk import Desk, doer, format_of, note_change, plain
from ticketdesk.demo.script import Story
from ticketdesk.demo.steps import STEPS
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketSource, TicketStatus

_TAG_RULE = "Tag by words"


def play(desk: Desk, story: Story, *, chats: dict[str, str]) -> Ticket:
    """Write a story's rows to the desk and return its ticket.

    Args:
        chats: identifiers of the chats by the names that stories use.

    Raises:
        ValueError: a step is out of order or unknown.
        Conflict: a step moves the ticket where it cannot go.
    """
    at = desk.timetable.read(story.when)
    ticket = _open(desk, story, at, chats)
    for step in story.steps:
        moment = desk.timetable.read(step.when, at)
        if moment < at:
            raise ValueError(f"{story.subject!r}: {step.when} comes before the step ahead of it")
        at = moment
        by = doer(desk, step.who, story.name, story.email)
        try:
            changed = STEPS[step.verb](desk, ticket, by, at, step)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{story.subject!r}: {step.when} {step.verb}: {error}") from error
        if changed:
            ticket.version += 1
            ticket.updated_at = at
    return ticket


def _open(desk: Desk, story: Story, at: datetime, chats: dict[str, str]) -> Ticket:
    requester = desk.customers.get(story.email)
    ticket = Ticket(
        id=desk.identifiers.new("ticket", at),
        organization_id=desk.organization.id,
        ticket_number=desk.next_number,
        subject=story.subject,
        description=story.text,
        description_format=format_of(story.text),
        description_text=plain(story.text),
        status=TicketStatus.NEW,
        priority=story.priority,
        category=story.category,
        source=story.source,
        requester_id=requester.id if requester else None,
        requester_email=story.email,
        requester_name=story.name,
        origin_chat_id=chats[story.chat] if story.chat else None,
        custom_fields=story.custom_fields,
        ticket_metadata=_metadata(story),
        created_at=at,
        updated_at=at,
        last_message_at=at,
        status_changed_at=at,
    )
    desk.next_number += 1
    desk.tickets.append(ticket)
    by_staff = story.source in (TicketSource.MANUAL, TicketSource.CHAT)
    by = doer(desk, "grace" if by_staff and "grace" in desk.staff else "customer",
              story.name, story.email)  # fmt: skip
    note_change(
        desk, ticket, by, at, A.CREATED, "created the ticket",
        changes={"status": (None, ticket.status), "priority": (None, ticket.priority)},
    )  # fmt: skip
    _tag(desk, story, ticket, at, by_staff)
    attach.to_ticket(desk, ticket, by, at, story.files)
    return ticket


def _tag(desk: Desk, story: Story, ticket: Ticket, at: datetime, by_staff: bool) -> None:
    ticket.tags = list(story.tags)
    if not story.tags or by_staff:
        return
    rule = doer(desk, "rule", _TAG_RULE, "")
    words = f"added the tag {', '.join(story.tags)}"
    note_change(desk, ticket, rule, at, A.TAG_ADDED, words, changes={"tags": ([], ticket.tags)})


def _metadata(story: Story) -> dict[str, str]:
    if story.source is not TicketSource.EMBED:
        return {}
    return {
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "page": "https://acme.example/help",
    }
