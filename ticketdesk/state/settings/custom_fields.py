"""/app/settings/fields: what is asked beside subject and description."""

from contextlib import suppress
from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_fields, settings_page
from ticketdesk.services.embed import previewing
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.form_preview import address_of
from ticketdesk.state.settings.given import listed
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch

_STEP = "issue"


class CustomFieldsState(rx.State):
    """The custom fields in their order."""

    phase: str = "loading"
    fields: list[dict[str, Any]] = []
    categories: list[str] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    address: str = ""
    _version: int = 0
    _organization: str = ""

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the fields."""
        await self._show()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(page.version != self._version)
        self._version = page.version
        self.fields = page.values["embedConfig"]["customFields"]
        self.categories = page.values["embedConfig"]["categories"]
        self._organization = page.organization
        self.address = address_of(page.organization, step=_STEP)

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the fields as they stand in the editor."""
        if await keep(self, self._save(form_values(values)), "Fields saved"):
            await self._show()

    @rx.event
    async def show_draft(self, values: dict[str, Any]) -> None:
        """Show the form with the fields as they stand in the editor."""
        fields = listed(form_values(values).get("customFields", ""))
        await self._draw({"customFields": fields})

    async def _draw(self, embed: dict[str, Any]) -> None:
        # Half a word is no error yet: saving tells, beside the field.
        with suppress(Invalid):
            name = await call(self, previewing.keep, embed)
            self.address = address_of(self._organization, name, step=_STEP)

    async def _save(self, given: dict[str, Any]) -> None:
        fields = listed(given.get("customFields", ""))
        await call(self, settings_fields.save, fields, version=self._version)
