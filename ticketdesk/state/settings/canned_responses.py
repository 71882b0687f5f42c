"""/app/settings/canned-responses: texts to insert, one's own and everybody's."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_library
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.library import canned_responses, variables
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.macros import MacrosState
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_NEW: dict[str, Any] = {
    "id": "", "title": "", "shortcut": "", "folder": "", "content": "", "shared": False,
}  # fmt: skip


class CannedResponsesState(SettingsForm, rx.State):
    """The library as its reader may use it, and the text that is being written."""

    rows: list[dict[str, Any]] = []
    edited: dict[str, Any] = _NEW
    example: str = ""
    names: list[dict[str, str]] = [
        {"name": f"{{{{{name}}}}}", "words": words} for name, words in variables.KNOWN.items()
    ]
    _versions: dict[str, int] = {}

    async def _begin(self) -> None:
        await self._show()
        self.saved += int(bool(self.edited["id"]))
        self.edited, self.example = _NEW, ""
        await (await self.get_state(MacrosState))._begin()

    async def _show(self) -> None:
        found = await call(self, canned_responses.list_all)
        self._versions = {one.id: one.version for one in found}
        self.rows = [
            {
                "id": one.id,
                "title": one.title,
                "shortcut": one.shortcut,
                "folder": one.folder,
                "shared": one.shared,
                "content": one.content,
            }
            for one in found
        ]

    @rx.event
    async def edit(self, row_id: str) -> None:
        """Put a text into the form."""
        wanted = text(row_id, 100)
        self.edited = next((row for row in self.rows if row["id"] == wanted), _NEW)
        self.problems, self.saved = {}, self.saved + 1
        await self._fill(self.edited["content"])

    @rx.event
    async def leave(self) -> None:
        """Leave the text as it is."""
        self.edited, self.example, self.problems, self.saved = _NEW, "", {}, self.saved + 1

    @rx.event
    async def preview(self, values: dict[str, Any]) -> None:
        """Show what a customer would get, and what would be refused."""
        await self.check(values)
        await self._fill(text(form_values(values).get("content", "")))

    async def _fill(self, content: str) -> None:
        try:
            self.example = await call(self, settings_library.example, content)
        except Invalid as error:
            # Said while one writes, whatever else the form still lacks.
            self.example, self.problems = "", self.problems | error.fields

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the text."""
        if await keep(self, self._save(form_values(values)), "Canned response saved"):
            self.edited, self.example = _NEW, ""
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        values = {name: given.get(name, "") for name in ("title", "shortcut", "folder", "content")}
        row_id = self.edited["id"]
        version = self._versions.get(row_id, 0)
        values["shared"] = "shared" in given
        save = settings_library.save_response
        return await call(self, saving, "canned_response", "", save, row_id, values, version)

    @rx.event
    async def delete(self, row_id: str) -> None:
        """Delete a text."""
        wanted, delete = text(row_id, 100), canned_responses.delete
        deleting = call(self, saving, "canned_response", "", delete, wanted)
        await keep(self, deleting, "Canned response deleted")
        self.edited, self.example = _NEW, ""
        await self._show()
