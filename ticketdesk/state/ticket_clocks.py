"""The dialog "Why is it due then?" of /app/tickets/{id}."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import ticket_clocks
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call


class TicketClocksState(rx.State):
    """A ticket's clocks, day by day; read only while the dialog is open."""

    phase: str = "loading"
    clocks: list[dict[str, Any]] = []
    words: str = ""
    today: str = ""
    minute: int = 0
    _open: bool = False

    async def _show(self) -> None:
        found = await call(self, ticket_clocks.explained, ticket_reference(self))
        self.words = (
            f"Policy {found.policy}. Time counts {found.hours}; times are those of {found.zone}."
        )
        self.clocks, self.today, self.minute = found.clocks, found.today, found.minute
        self.phase = "ready" if found.clocks else "empty"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Work the clocks out, as the dialog opens."""
        self.phase, self._open = "loading", True
        await self._show()

    @rx.event
    async def refresh(self) -> None:
        """Work them out again, after something changed."""
        if self._open:
            await self._show()

    @rx.event
    async def leave(self) -> None:
        """Stop following the clocks: the dialog is shut."""
        self._open = False
