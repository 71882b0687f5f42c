"""Chats: one of 5,000 messages opens as fast as one of 50, for both sides, and becomes a ticket."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from time import perf_counter

from sqlmodel import Session

from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_most
from bench.timing import side_by_side
from ticketdesk import clock, unit_of_work
from ticketdesk.actor import Actor, anonymous
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, ChatMessage
from ticketdesk.models.enums import ChatRole
from ticketdesk.services.chats import to_ticket
from ticketdesk.services.chats.commands import TicketFromChat
from ticketdesk.services.chats.visitor import reading, token
from ticketdesk.services.desk import chat as screen

SHORT, LONG = 50, 5_000
_WORDS = "The scanner beeps twice and then the display stays dark. "


def run(installation: Installation) -> Iterable[Result]:
    """Measure opening on both sides, then the ticket of the long chat."""
    sized = next(iter(installation.sizes.values()))
    installation.use(sized.database)
    chats = {count: _chat(sized, count) for count in (SHORT, LONG)}
    for side, opened in (("agent", _for_agent), ("visitor", _for_visitor)):
        times = side_by_side({str(count): opened(sized, chats[count]) for count in chats})
        growth = times[str(LONG)].median / times[str(SHORT)].median
        details = {name: found.facts() for name, found in times.items()}
        name = f"a chat opens for the {side}: {SHORT} → {LONG:,} messages"
        yield at_most(name, growth, 1.5, "times", details)
        yield Result(
            f"a chat of {LONG:,} opens for the {side} (median)", times[str(LONG)].median, "ms"
        )
    yield _ticket(sized, chats[LONG])


def _chat(sized: Sized, count: int) -> str:
    def write(session: Session, actor: Actor) -> str:
        chat = Chat(
            id=new_id("chat"),
            organization_id=actor.organization_id,
            title=f"A talk of {count}",
            customer_name="Jane Doe",
            customer_email="jane@example.com",
        )
        session.add(chat)
        session.flush()
        began = clock.now() - timedelta(days=1)
        session.add_all(
            ChatMessage(
                id=new_id("msg"),
                organization_id=actor.organization_id,
                chat_id=chat.id,
                role=ChatRole.USER if number % 3 else ChatRole.AGENT,
                author_name="Jane Doe",
                content=_WORDS * (1 + number % 4) + f"<{number}>",
                created_at=began + timedelta(seconds=number),
            )
            for number in range(count)
        )
        chat.last_message_at = began + timedelta(seconds=count)
        return chat.id

    return unit_of_work.as_actor(agent(sized), write)


def _for_agent(sized: Sized, chat_id: str) -> Callable[[], object]:
    caller = agent(sized)
    return lambda: unit_of_work.as_actor(caller, screen.open_chat, chat_id)


def _for_visitor(sized: Sized, chat_id: str) -> Callable[[], object]:
    caller = anonymous(agent(sized).organization_id)
    visit = token.issue(caller.organization_id, chat_id)
    return lambda: unit_of_work.as_actor(caller, reading.history, visit)


def _ticket(sized: Sized, chat_id: str) -> Result:
    began = perf_counter()
    ticket = unit_of_work.as_actor(agent(sized), to_ticket.create_ticket, chat_id, TicketFromChat())
    took = perf_counter() - began
    held = sum(f"<{number}>" in ticket.description for number in range(LONG))
    name = f"messages of the {LONG:,} that are in the ticket"
    details = {"seconds": round(took, 3), "characters": len(ticket.description)}
    return Result(name, held, "messages", f"all {LONG:,}", held == LONG, details)
