"""/app/settings/preferences: how a member likes the desk."""

from typing import Any

import reflex as rx

from ticketdesk.services.people import preferences
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.shell import ShellState
from ticketdesk.state.watching import watch

_TICKS = (
    "browserNotifications", "mailOnAssignment", "mailOnMention", "mailOnTargets", "mailOnReply",
    "mailDigest",
)  # fmt: skip
_CHOICES = ("mailSignature", "density", "theme", "defaultView", "dateLanguage")


class PreferencesState(rx.State):
    """What the form starts with."""

    phase: str = "loading"
    values: dict[str, str] = {}
    ticks: dict[str, bool] = {}
    away: bool = False
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the preferences."""
        await self._show()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        kept = await call(self, preferences.read)
        values = kept.preferences.model_dump(mode="json", by_alias=True)
        self.values = {name: values[name] for name in _CHOICES}
        self.ticks = {name: values[name] for name in _TICKS}
        self.away = kept.is_away

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the preferences; theme and density show at once."""
        given = form_values(values)
        wanted: dict[str, Any] = {name: given[name] for name in _CHOICES if name in given}
        wanted |= {name: name in given for name in _TICKS}
        saving = call(self, preferences.save, wanted, is_away="away" in given)
        if await keep(self, saving, "Preferences saved"):
            await self._show()
            await (await self.get_state(ShellState))._load()
