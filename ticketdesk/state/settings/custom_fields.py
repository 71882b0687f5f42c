"""/app/settings/fields: what is asked beside subject and description."""

from contextlib import suppress
from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_fields
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.embed import previewing
from ticketdesk.state.session import call
from ticketdesk.state.settings.form_preview import address_of
from ticketdesk.state.settings.given import listed
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_STEP = "issue"


class CustomFieldsState(SettingsForm, rx.State):
    """The custom fields in their order."""

    fields: list[dict[str, Any]] = []
    categories: list[str] = []
    address: str = ""
    _organization: str = ""

    async def _show(self) -> None:
        page = await self._read_settings()
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
        """Show the form with the fields in the editor, and what is wrong with them."""
        fields = listed(form_values(values).get("customFields", ""))
        await self._draw({"customFields": fields})
        await self.check(values)

    async def _draw(self, embed: dict[str, Any]) -> None:
        # Half a word is no error yet: saving tells, beside the field.
        with suppress(Invalid):
            name = await call(self, previewing.keep, embed)
            self.address = address_of(self._organization, name, step=_STEP)

    async def _save(self, given: dict[str, Any]) -> Any:
        fields, version = listed(given.get("customFields", "")), self._version
        return await call(
            self, saving, "settings", "", settings_fields.save, fields, version=version
        )

    def _typed(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"embedConfig": {"customFields": listed(given.get("customFields", ""))}}
