"""/app/settings/organization: name, zone, language, logo and colour."""

from typing import Any

import reflex as rx

from ticketdesk.services import organization_profile
from ticketdesk.services.desk import settings_page
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.organization_profile import ProfileInput
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep, rehearse
from ticketdesk.state.shell import ShellState

COLOUR = "embedConfig.color"
_NAMES = ("name", "timezone", "locale")


class OrganizationState(SettingsForm, rx.State):
    """The organization's profile and what is wrong in the form."""

    values: dict[str, str] = {"name": "", "slug": "", "timezone": "UTC", "locale": "en"}
    logo: str = ""
    colour: str = ""

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the profile."""
        if await keep(self, self._save(form_values(values)), "Organization saved"):
            await self._show()
            shell = await self.get_state(ShellState)
            await shell._load()

    @rx.event
    async def save_colour(self, values: dict[str, Any]) -> None:
        """Keep the colour of buttons and mails."""
        if await keep(self, self._save_colour(form_values(values)), "Colour saved"):
            await self._show()

    @rx.event
    async def check_colour(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one chooses."""
        given = form_values(values)
        await rehearse(self, given, self._save_colour(given))

    @rx.event
    async def take_logo(self, kept: str = "") -> None:
        """Show another logo, which is kept already."""
        await self._show_look()

    async def _save(self, given: dict[str, Any]) -> Any:
        command = ProfileInput.parse({name: given.get(name, "") for name in _NAMES})
        update, version = organization_profile.update, self._version
        return await call(self, saving, "settings", "", update, command, version)

    async def _show(self) -> None:
        view = await call(self, organization_profile.read)
        self._renew(view.version)
        self.values = {
            "name": view.name,
            "slug": view.slug,
            "timezone": view.timezone,
            "locale": view.locale,
        }
        await self._show_look()

    async def _show_look(self) -> None:
        embed = (await call(self, settings_page.read)).values["embedConfig"]
        self.logo, self.colour = embed["logoUrl"] or "", embed["color"]

    async def _save_colour(self, given: dict[str, Any]) -> Any:
        return await self._change({"embedConfig": {"color": given.get(COLOUR, "")}})
