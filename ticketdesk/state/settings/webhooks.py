"""/app/settings/webhooks: where to tell what happens, and what came of it."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.webhooks import deliveries, registry
from ticketdesk.services.webhooks.registry import WebhookInput
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep


class WebhooksState(SettingsForm, rx.State):
    """The webhooks, the log of the opened one, and a new one's secret while it is on screen."""

    rows: list[dict[str, Any]] = []
    fresh: str = ""
    opened: str = ""
    log: list[dict[str, Any]] = []

    async def _begin(self) -> None:
        # A secret that was shown is gone.
        self.fresh, self.opened, self.log = "", "", []
        await self._show()

    async def _show(self) -> None:
        self.rows = [_row(hook) for hook in await call(self, registry.list_all)]

    @rx.event
    async def create(self, values: dict[str, Any]) -> None:
        """Register an address and show its secret this once."""
        done = await keep(self, self._save(form_values(values)), "Webhook made")
        if done:
            self.fresh = done.secret
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        command = WebhookInput.parse(
            {
                "url": given.get("url", ""),
                "description": given.get("description", ""),
                "events": given.get("events", []),
            }
        )
        return await call(self, saving, "webhook", "", registry.create, command)

    @rx.event
    async def switch(self, hook_id: str) -> None:
        """Turn a webhook on or off."""
        row = next((r for r in self.rows if r["id"] == text(hook_id, 100)), None)
        if row is None:
            return
        command = WebhookInput(
            url=row["url"],
            description=row["description"],
            events=row["events"],
            is_active=not row["active"],
        )
        update, version = registry.update, row["version"]
        switching = call(self, saving, "webhook", "", update, row["id"], command, version)
        await keep(self, switching, "Webhook is off" if row["active"] else "Webhook is on")
        await self._show()

    @rx.event
    async def delete(self, hook_id: str) -> None:
        """Forget a webhook and its log."""
        deleting = call(self, saving, "webhook", "", registry.delete, text(hook_id, 100))
        await keep(self, deleting, "Webhook deleted")
        self.opened, self.log = "", []
        await self._show()

    @rx.event
    async def open(self, hook_id: str) -> None:
        """Show or hide the log of a webhook."""
        wanted = text(hook_id, 100)
        self.opened = "" if self.opened == wanted else wanted
        await self._read_log()

    async def _read_log(self) -> None:
        if not self.opened:
            self.log = []
            return
        page = await call(self, deliveries.list_deliveries, self.opened, limit=20)
        self.log = [_line(delivery) for delivery in page.items]

    @rx.event
    async def replay(self, delivery_id: str) -> None:
        """Tell an event again."""
        await keep(self, call(self, deliveries.replay, text(delivery_id, 100)), "Told again")
        await self._read_log()


def _row(hook: registry.WebhookView) -> dict[str, Any]:
    return {
        "id": hook.id,
        "url": hook.url,
        "description": hook.description,
        "events": hook.events,
        "words": ", ".join(hook.events) or "every event",
        "active": hook.is_active,
        "version": hook.version,
    }


def _line(delivery: deliveries.DeliveryView) -> dict[str, Any]:
    state = "delivered" if delivery.delivered_at else "failed" if delivery.failed_at else "waiting"
    return {
        "id": delivery.id,
        "event": delivery.event,
        "at": delivery.created_at.isoformat(),
        "state": state,
        "words": delivery.error or f"{delivery.response_status or 'not sent yet'}",
    }
