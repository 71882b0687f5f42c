"""/app/settings/api-keys: keys for integrations."""

from typing import Any

import reflex as rx

from ticketdesk.services import api_keys
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch


class ApiKeysState(rx.State):
    """The keys, and the new one's secret while it is on screen."""

    phase: str = "loading"
    rows: list[dict[str, Any]] = []
    fresh: str = ""
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the keys; a secret that was shown is gone."""
        await self._show()
        self.problems, self.fresh = {}, ""
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        self.rows = [_row(key) for key in await call(self, api_keys.list_keys)]

    @rx.event
    async def create(self, values: dict[str, Any]) -> None:
        """Make a key and show its secret this once."""
        given = form_values(values)
        making = call(
            self,
            api_keys.create,
            name=str(given.get("name", "")),
            scopes=[str(scope) for scope in given.get("scopes", [])],
        )
        done = await keep(self, making, "API key made")
        if done:
            self.fresh = done.token
            await self._show()

    @rx.event
    async def revoke(self, key_id: str) -> None:
        """Make a key useless."""
        await keep(self, call(self, api_keys.revoke, text(key_id, 100)), "API key revoked")
        await self._show()


def _row(key: api_keys.ApiKeyView) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "words": f"{key.prefix}… · {', '.join(key.scopes)}",
        "used": key.last_used_at.isoformat() if key.last_used_at else "",
        "revoked": key.revoked_at is not None,
    }
