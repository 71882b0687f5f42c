"""/app/settings/preferences: how a member likes the desk."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.people import preferences
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep
from ticketdesk.state.shell import ShellState

_TICKS = (
    "browserNotifications", "mailOnAssignment", "mailOnMention", "mailOnTargets", "mailOnReply",
    "mailDigest",
)  # fmt: skip
_CHOICES = ("mailSignature", "density", "theme", "defaultView", "dateLanguage")


class PreferencesState(SettingsForm, rx.State):
    """What the form starts with."""

    values: dict[str, str] = {}
    ticks: dict[str, bool] = {}
    away: bool = False

    async def _show(self) -> None:
        kept = await call(self, preferences.read)
        values = kept.preferences.model_dump(mode="json", by_alias=True)
        self.values = {name: values[name] for name in _CHOICES}
        self.ticks = {name: values[name] for name in _TICKS}
        self.away = kept.is_away

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the preferences; theme and density show at once."""
        if await keep(self, self._save(form_values(values)), "Preferences saved"):
            await self._show()
            await (await self.get_state(ShellState))._load()

    async def _save(self, given: dict[str, Any]) -> Any:
        wanted: dict[str, Any] = {name: given[name] for name in _CHOICES if name in given}
        wanted |= {name: name in given for name in _TICKS}
        me = (await self.get_state(ShellState))._user_id
        away = "away" in given
        return await call(self, saving, "own", me, preferences.save, wanted, is_away=away)
