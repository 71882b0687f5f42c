"""Macros, on the page of canned responses: several changes of a ticket in one click."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services import members
from ticketdesk.services.desk import settings_library
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.desk.words import PRIORITY
from ticketdesk.services.library import macros
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep
from ticketdesk.state.shell import ShellState, options

_NOBODY = "nobody"
_NEW: dict[str, Any] = {
    "id": "", "title": "", "shared": False, "status": "", "priority": "", "assignedToId": "",
    "addTags": [], "removeTags": [], "reply": "", "note": "",
}  # fmt: skip
_NO_EXAMPLES = {"reply": "", "note": ""}


class MacrosState(SettingsForm, rx.State):
    """The macros their reader may run, and the one that is being made."""

    rows: list[dict[str, Any]] = []
    people: list[dict[str, str]] = []
    statuses: list[dict[str, Any]] = []
    examples: dict[str, str] = _NO_EXAMPLES
    edited: dict[str, Any] = _NEW
    _versions: dict[str, int] = {}

    async def _begin(self) -> None:
        agents = await call(self, members.agents)
        self.people = [
            {"value": "", "label": "Leave as it is"},
            {"value": "me", "label": "Whoever runs it"},
            {"value": _NOBODY, "label": "Nobody"},
            *({"value": a.id, "label": a.name, "glyph": f"person:{a.name}"} for a in agents),
        ]
        self.saved += int(bool(self.edited["id"]))
        self.edited, self.examples = _NEW, _NO_EXAMPLES
        await self._show()

    async def _show(self) -> None:
        names = {person["value"]: person["label"] for person in self.people}
        found = await call(self, macros.list_all)
        self._versions = {one.id: one.version for one in found}
        words = (await self.get_state(ShellState)).statuses
        self.statuses = [{"value": "", "label": "Leave as it is"}, *options(words)]
        self.rows = [_row(one, names, words) for one in found]

    @rx.event
    async def edit(self, row_id: str) -> None:
        """Put a macro into the form."""
        wanted = text(row_id, 100)
        self.edited = next((row for row in self.rows if row["id"] == wanted), _NEW)
        self.problems, self.saved = {}, self.saved + 1
        await self._fill(self.edited)

    @rx.event
    async def leave(self) -> None:
        """Leave the macro as it is."""
        self.edited, self.examples = _NEW, _NO_EXAMPLES
        self.problems, self.saved = {}, self.saved + 1

    @rx.event
    async def preview(self, values: dict[str, Any]) -> None:
        """Show what its texts would say, and what would be refused."""
        await self.check(values)
        await self._fill(form_values(values))

    async def _fill(self, given: dict[str, Any]) -> None:
        said = dict(_NO_EXAMPLES)
        for name in said:
            try:
                content = text(given.get(name, ""))
                said[name] = await call(self, settings_library.example, content, name)
            except Invalid as error:
                # Said while one writes, whatever else the form still lacks.
                self.problems = self.problems | error.fields
        self.examples = said

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the macro."""
        if await keep(self, self._save(form_values(values)), "Macro saved"):
            self.edited, self.examples = _NEW, _NO_EXAMPLES
            await self._show()
        self._fold()

    def _fold(self) -> None:
        # On a page with two titles, this one has a name of its own.
        if "title" in self.problems:
            self.problems["macroName"] = self.problems["title"]

    def _typed(self, given: dict[str, Any]) -> dict[str, Any]:
        return given | {"title": given.get("macroName", "")}

    async def _save(self, given: dict[str, Any]) -> Any:
        parts = ("status", "priority", "assignedToId", "addTags", "removeTags", "reply", "note")
        change = {name: given[name] for name in parts if given.get(name)}
        if change.get("assignedToId") == _NOBODY:
            change["assignedToId"] = None
        row_id = self.edited["id"]
        values = {
            "title": given.get("macroName", ""),
            "shared": "shared" in given,
            "change": change,
        }
        version = self._versions.get(row_id, 0)
        save = settings_library.save_macro
        return await call(self, saving, "macro", "", save, row_id, values, version)

    @rx.event
    async def delete(self, row_id: str) -> None:
        """Delete a macro."""
        deleting = call(self, saving, "macro", "", macros.delete, text(row_id, 100))
        await keep(self, deleting, "Macro deleted")
        self.edited, self.examples = _NEW, _NO_EXAMPLES
        await self._show()


def _row(
    macro: macros.MacroView, names: dict[str, str], statuses: dict[str, str]
) -> dict[str, Any]:
    change = macro.change
    given = {name: value for name, value in change.items() if name in _NEW and value is not None}
    if "assignedToId" in change and change["assignedToId"] is None:
        given["assignedToId"] = _NOBODY
    row = _NEW | given | {"id": macro.id, "title": macro.title, "shared": macro.shared}
    return row | {"words": ", ".join(_words(row, names, statuses))}


def _words(row: dict[str, Any], names: dict[str, str], statuses: dict[str, str]) -> list[str]:
    said = [
        f"status {statuses.get(row['status'], row['status'])}" if row["status"] else "",
        f"priority {PRIORITY.get(row['priority'], row['priority'])}" if row["priority"] else "",
        f"to {names.get(row['assignedToId'], 'somebody')}" if row["assignedToId"] else "",
        *(f"+ {tag}" for tag in row["addTags"]),
        *(f"- {tag}" for tag in row["removeTags"]),
        "reply" if row["reply"] else "",
        "note" if row["note"] else "",
    ]
    return [words for words in said if words]
