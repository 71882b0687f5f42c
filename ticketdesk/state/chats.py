"""/app/chats: the lines on screen, those that press most on top."""

from typing import Any

import reflex as rx

from ticketdesk.realtime import Refresh
from ticketdesk.services.desk import chats as desk
from ticketdesk.state import slots
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

PAGE = 50
SLOTS = 100


class ChatsState(rx.State):
    """One list per page: each line has a slot, and `order` names the slots from top to bottom."""

    phase: str = "loading"
    closed: bool = False
    waiting_words: str = ""
    order: list[int] = []
    has_more: bool = False
    next_path: str = ""
    _slots: dict[str, int] = {}
    _cursor: str = ""
    _most: int = PAGE

    async def _show(self) -> None:
        page = await call(
            self, desk.page, closed=self.closed, cursor=self._cursor or None, limit=self._most
        )
        slots.put(self, page.rows, SLOTS)
        full = len(page.rows) >= self._most
        self.has_more = full and self._most < SLOTS
        on = page.next_cursor if full and self._most >= SLOTS else None
        side = "status=closed&" if self.closed else ""
        self.next_path = f"/app/chats?{side}after={on}" if on else ""
        self.waiting_words = "" if self.closed else _waiting(page.waiting)
        self.phase = "ready" if page.rows else "empty"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the filter from the address and show the first lines."""
        query: dict[str, Any] = dict(self.router.url.query_parameters)
        closed, cursor = query.get("status") == "closed", str(query.get("after", ""))[:500]
        if (closed, cursor) != (self.closed, self._cursor):
            self.closed, self._cursor, self._most = closed, cursor, PAGE
        await self._show()
        await watch(self, {"chats": [Refresh(ChatsState.refresh)]})

    @rx.event
    async def load_more(self) -> None:
        """Show the next lines below those on screen."""
        if self.has_more:
            self._most = min(self._most + PAGE, SLOTS)
            await self._show()

    @rx.event
    async def refresh(self) -> None:
        """Read the lines on screen again, after something was said."""
        if self.phase in {"ready", "empty"}:
            await self._show()


slots.declare(ChatsState, SLOTS)


def _waiting(count: int) -> str:
    return f"{count} waiting" if count else "Nobody waits"
