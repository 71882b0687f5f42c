"""Tickets of the chats that are ticked in the list; which they are, the browser keeps."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from ticketdesk.errors import TicketDeskError, Unauthenticated
from ticketdesk.services.desk import chat_many as desk
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.session import call

MOST = 50


class ChatManyState(rx.State):
    """How far it is, and what became of each chat."""

    done: int = 0
    total: int = 0
    results: list[dict[str, Any]] = []

    @rx.event
    async def create(self, chats: list[str], click: str) -> AsyncIterator[None]:
        """Make a ticket of each chat, one after the other; the same click again makes no more."""
        wanted, click = list(dict.fromkeys(texts(chats, MOST))), text(click, 64)
        self.done, self.total, self.results = 0, len(wanted), []
        for chat in wanted:
            yield
            self.results = [*self.results, await self._one(chat, click)]
            self.done += 1
        self.total = 0

    async def _one(self, chat: str, click: str) -> dict[str, Any]:
        try:
            made = await call(self, desk.ticket_of, chat, click=click)
        except Unauthenticated:
            raise
        except TicketDeskError as error:
            problem = next(iter(error.fields.values()), error.message)
            return {"chat": chat, "number": 0, "problem": problem}
        problem = "It had this ticket already." if made.is_old else ""
        return {"chat": chat, "number": made.number, "problem": problem}

    @rx.event
    async def forget(self) -> None:
        """Put the results away."""
        self.done, self.total, self.results = 0, 0, []
