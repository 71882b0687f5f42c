"""The bell: a count that is always right, and a list that is read when somebody looks."""

from typing import Any

import reflex as rx

from ticketdesk.services import notifications
from ticketdesk.services.desk import bell
from ticketdesk.state.session import call


class BellState(rx.State):
    """What the signed-in agent has not seen yet."""

    unread: int = 0
    items: list[dict[str, Any]] = []
    _is_open: bool = False

    async def _count(self) -> None:
        self.unread = await call(self, notifications.unread)
        if self._is_open:
            self.items = await call(self, bell.lines)

    @rx.event
    async def refresh(self) -> None:
        """Count again, after something was written for this agent."""
        await self._count()

    @rx.event
    async def look(self, is_open: bool) -> None:
        """Read the list when it is opened; while it is open it stays fresh."""
        self._is_open = is_open is True
        if self._is_open:
            await self._count()

    @rx.event
    async def mark_all(self) -> None:
        """Count everything as read."""
        await call(self, notifications.mark_read)
        await self._count()
