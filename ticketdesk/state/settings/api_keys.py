"""/app/settings/api-keys: keys for integrations."""

from typing import Any

import reflex as rx

from ticketdesk.services import api_keys
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import listing
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep


class ApiKeysState(SettingsForm, rx.State):
    """The keys, and the new one's secret while it is on screen."""

    rows: list[dict[str, Any]] = []
    fresh: str = ""

    async def _begin(self) -> None:
        # A secret that was shown is gone.
        self.fresh = ""
        await self._show()

    async def _show(self) -> None:
        self.rows = [_row(key) for key in await call(self, api_keys.list_keys)]

    @rx.event
    async def create(self, values: dict[str, Any]) -> None:
        """Make a key and show its secret this once."""
        done = await keep(self, self._save(form_values(values)), "API key made")
        if done:
            self.fresh = done.token
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        name, scopes = text(given.get("name", ""), 200), listing(given, "scopes")
        make = api_keys.create
        return await call(self, saving, "api_key", "", make, name=name, scopes=scopes)

    @rx.event
    async def revoke(self, key_id: str) -> None:
        """Make a key useless."""
        revoking = call(self, saving, "api_key", "", api_keys.revoke, text(key_id, 100))
        await keep(self, revoking, "API key revoked")
        await self._show()


def _row(key: api_keys.ApiKeyView) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "words": f"{key.prefix}… · {', '.join(key.scopes)}",
        "used": key.last_used_at.isoformat() if key.last_used_at else "",
        "revoked": key.revoked_at is not None,
    }
