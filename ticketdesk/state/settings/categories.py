"""/app/settings/categories: what tickets are about."""

from typing import Any

import reflex as rx

from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import listed
from ticketdesk.state.settings.saving import as_before, form_values, keep, rehearse
from ticketdesk.state.watching import watch


class CategoriesState(rx.State):
    """The categories in the order in which they are offered."""

    phase: str = "loading"
    categories: list[str] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the categories."""
        await self._show()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(page.version != self._version)
        self._version = page.version
        self.categories = page.values["embedConfig"]["categories"]

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the categories as they stand in the editor."""
        undo = as_before(self)
        if await keep(self, self._save(form_values(values)), "Categories saved", undo=undo):
            await self._show()

    @rx.event
    async def check(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save(given))

    async def _save(self, given: dict[str, Any]) -> None:
        names = listed(given.get("categories", ""))
        wanted = list(
            dict.fromkeys(name.strip() if isinstance(name, str) else name for name in names)
        )
        patch = {"embedConfig": {"categories": wanted}}
        await call(self, ticket_settings.change, patch, version=self._version)
