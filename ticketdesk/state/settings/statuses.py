"""/app/settings/statuses: what each status is called."""

from typing import Any

import reflex as rx

from ticketdesk.models.enums import TicketStatus
from ticketdesk.state.arguments import text
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep
from ticketdesk.state.shell import ShellState

_SIDES = ("agent", "customer")


class StatusesState(SettingsForm, rx.State):
    """The organization's own words by `STATUS.side`; '' where the built-in ones are used."""

    values: dict[str, str] = {}

    async def _show(self) -> None:
        page = await self._read_settings()
        own = page.values["statusLabels"]
        self.values = {
            f"{status}.{side}": own.get(status, {}).get(side, "")
            for status in TicketStatus
            for side in _SIDES
        }

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the words."""
        if await keep(self, self._save(form_values(values)), "Statuses saved"):
            await self._show()
            shell = await self.get_state(ShellState)
            await shell._load()

    async def _save(self, given: dict[str, Any]) -> Any:
        labels: dict[str, dict[str, str]] = {}
        for status in TicketStatus:
            for side in _SIDES:
                words = text(given.get(f"statusLabels.{status}.{side}", ""), 200)
                if words != self.values.get(f"{status}.{side}", ""):
                    labels.setdefault(str(status), {})[side] = words
        patch = {"statusLabels": labels}
        return await self._change(patch)
