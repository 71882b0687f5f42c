"""/app/settings/statuses: what each status is called."""

from typing import Any

import reflex as rx

from ticketdesk.models.enums import TicketStatus
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import as_before, form_values, keep, rehearse
from ticketdesk.state.shell import ShellState
from ticketdesk.state.watching import watch

_SIDES = ("agent", "customer")


class StatusesState(rx.State):
    """The organization's own words by `STATUS.side`; '' where the built-in ones are used."""

    phase: str = "loading"
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the words."""
        await self._show()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        self.saved += int(page.version != self._version)
        self._version = page.version
        own = page.values["statusLabels"]
        self.values = {
            f"{status}.{side}": own.get(status, {}).get(side, "")
            for status in TicketStatus
            for side in _SIDES
        }

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the words."""
        undo = as_before(self)
        if await keep(self, self._save(form_values(values)), "Statuses saved", undo=undo):
            await self._show()
            shell = await self.get_state(ShellState)
            await shell._load()

    @rx.event
    async def check(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save(given))

    async def _save(self, given: dict[str, Any]) -> None:
        labels: dict[str, dict[str, str]] = {}
        for status in TicketStatus:
            for side in _SIDES:
                words = text(given.get(f"statusLabels.{status}.{side}", ""), 200)
                if words != self.values.get(f"{status}.{side}", ""):
                    labels.setdefault(str(status), {})[side] = words
        await call(self, ticket_settings.change, {"statusLabels": labels}, version=self._version)
