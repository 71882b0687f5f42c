"""A ticket holds every message of its chat, however long the talk was."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from tests.services.chats.test_to_ticket import chat, make
from ticketdesk.models import ChatMessage, TicketResponse
from ticketdesk.models.enums import ChatRole
from ticketdesk.services.chats import transcript
from ticketdesk.services.desk import whole_text

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def spoken(chat_id, organization_id, count, length):
    """Return so many messages of a chat, each with its number at its end."""
    return [
        ChatMessage(
            id=f"msg_{chat_id}_{number:06d}",
            organization_id=organization_id,
            chat_id=chat_id,
            role=ChatRole.USER if number % 2 else ChatRole.AGENT,
            author_name="x",
            content="x" * length + f" <{number}>",
            created_at=START + timedelta(seconds=number),
        )
        for number in range(count)
    ]


def numbers(*texts):
    return [int(n) for text in texts for n in re.findall(r"<(\d+)>", text)]


def texts_of(session, ticket):
    rows = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == ticket.id)
        .order_by(col(TicketResponse.created_at), col(TicketResponse.id))
    ).all()
    assert all(row.is_internal for row in rows)
    return [ticket.description, *(row.content for row in rows)]


def test_a_ticket_holds_all_five_thousand_messages_in_the_specified_format(session, grace):
    made = chat(session, grace)
    session.add_all(spoken(made.id, grace.organization_id, 5000, 200))
    session.flush()
    ticket = make(session, grace, made.id)
    blocks = ticket.description.removeprefix("[Chat Transcript]\n").split("\n\n")
    assert len(blocks) == 5000
    stamp = r"\[[A-Z][a-z]{2} \d{2}, \d{4} \d{2}:\d{2}\] (Customer|Agent): x+ <\d+>"
    assert all(re.fullmatch(stamp, block) for block in blocks)
    assert numbers(*texts_of(session, ticket)) == list(range(5000))


def test_what_no_description_can_hold_goes_on_in_notes(session, grace):
    made = chat(session, grace)
    session.add_all(spoken(made.id, grace.organization_id, 30, 100_000))
    session.flush()
    ticket = make(session, grace, made.id)
    texts = texts_of(session, ticket)
    assert len(texts) == 2
    assert texts[1].startswith(transcript.CONTINUED)
    assert numbers(*texts) == list(range(30))


def test_a_message_longer_than_a_part_is_cut_between_parts_and_nothing_is_lost():
    (message,) = spoken("c", "o", 1, 250)
    parts = transcript.in_parts([message], ZoneInfo("UTC"), 100)
    assert all(len(part) <= 100 for part in parts)
    rest = "".join(part.split("\n", 1)[1] for part in parts)
    assert rest == f"[Mar 02, 2026 09:00] Agent: {message.content}"


def test_a_long_description_is_read_in_full_on_demand(session, grace):
    made = chat(session, grace)
    session.add_all(spoken(made.id, grace.organization_id, 500, 100))
    session.flush()
    ticket = make(session, grace, made.id)
    html, remote = whole_text.whole(session, grace, ticket.id, "")
    assert "&lt;499&gt;" in html
    assert remote == 0
