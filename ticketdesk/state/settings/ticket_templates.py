"""/app/settings/ticket-templates: filled-in starts of the form for a new ticket."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Malformed
from ticketdesk.services.desk import ticket_templates
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_NEW: dict[str, Any] = {
    "position": -1, "title": "", "subject": "", "description": "", "priority": "", "category": "",
    "tags": [],
}  # fmt: skip


class TicketTemplatesState(SettingsForm, rx.State):
    """The templates in their order, and the one that is being written."""

    rows: list[dict[str, Any]] = []
    categories: list[dict[str, str]] = []
    edited: dict[str, Any] = _NEW

    async def _begin(self) -> None:
        self.edited, self.saved = _NEW, self.saved + 1
        await self._show()

    async def _show(self) -> None:
        page = await self._read_settings()
        names = page.values["embedConfig"]["categories"]
        self.categories = [
            {"value": "", "label": "None"},
            *({"value": name, "label": name} for name in names),
        ]
        self.rows = [
            _NEW
            | {name: value or _NEW[name] for name, value in one.items() if name in _NEW}
            | {"position": at}
            for at, one in enumerate(page.values.get("ticketTemplates", []))
        ]

    @rx.event
    async def edit(self, position: int) -> None:
        """Put a template into the form."""
        at = _place(position)
        self.edited = next((row for row in self.rows if row["position"] == at), _NEW)
        self.problems, self.saved = {}, self.saved + 1

    @rx.event
    async def leave(self) -> None:
        """Leave the template as it is."""
        self.edited, self.problems, self.saved = _NEW, {}, self.saved + 1

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the template."""
        if await keep(self, self._save(form_values(values)), "Template saved"):
            self.edited = _NEW
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        wanted = {name: given[name] for name in _NEW if given.get(name)}
        wanted = {"title": ""} | wanted
        at = int(self.edited["position"])
        save, version = ticket_templates.save, self._version
        return await call(self, saving, "settings", "", save, at, wanted, version)

    @rx.event
    async def delete(self, position: int) -> None:
        """Delete a template."""
        delete, at, version = ticket_templates.delete, _place(position), self._version
        deleting = call(self, saving, "settings", "", delete, at, version)
        await keep(self, deleting, "Template deleted")
        self.edited = _NEW
        await self._show()


def _place(position: Any) -> int:
    if not isinstance(position, int) or isinstance(position, bool):
        raise Malformed("This could not be understood. Reload the page and try again.")
    return position
