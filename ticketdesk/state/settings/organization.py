"""/app/settings/organization: name, zone and language."""

from typing import Any

import reflex as rx

from ticketdesk.services import organization_profile
from ticketdesk.services.organization_profile import ProfileInput
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import as_before, form_values, keep, rehearse
from ticketdesk.state.shell import ShellState
from ticketdesk.state.watching import watch

_NAMES = ("name", "timezone", "locale")


class OrganizationState(rx.State):
    """The organization's profile and what is wrong in the form."""

    phase: str = "loading"
    values: dict[str, str] = {"name": "", "slug": "", "timezone": "UTC", "locale": "en"}
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the profile."""
        self._show(await call(self, organization_profile.read))
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the profile."""
        wanted = _wanted(form_values(values))
        before = ProfileInput(**{name: self.values[name] for name in _NAMES})
        undo = as_before(self, "profile", before)
        done = await keep(self, self._update(wanted), "Organization saved", undo=undo)
        if done:
            self._show(done)
            shell = await self.get_state(ShellState)
            await shell._load()

    @rx.event
    async def check(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._update(_wanted(given)))

    async def _update(self, wanted: dict[str, str]) -> Any:
        command = ProfileInput.parse(wanted)
        return await call(self, organization_profile.update, command, self._version)

    def _show(self, view: Any) -> None:
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(view.version != self._version)
        self._version = view.version
        self.values = {
            "name": view.name,
            "slug": view.slug,
            "timezone": view.timezone,
            "locale": view.locale,
        }


def _wanted(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given.get(name, "") for name in _NAMES}
