"""/app/settings/chat: the customers' chat, when somebody is there, and where it is shown."""

from typing import Any

import reflex as rx

from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import as_before, form_values, keep
from ticketdesk.state.watching import watch

_FLAGS = ("enabled", "followHours", "away")
_SNIPPET = """<script
  async
  src="{base}/eclipse-ticket-widget.js"
  data-eclipse-tickets
  data-mode="chat"
  data-organization-id="{organization}"
></script>"""


class ChatSettingsState(rx.State):
    """The chat's settings and the snippet for a site."""

    phase: str = "loading"
    values: dict[str, Any] = {
        "enabled": True, "followHours": True, "away": False, "greeting": "",
    }  # fmt: skip
    has_hours: bool = False
    snippet: str = ""
    address: str = ""
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the settings."""
        await self._show()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(page.version != self._version)
        self._version = page.version
        self.values = page.values["chat"]
        self.has_hours = page.values["slaConfig"]["businessHours"] is not None
        self.snippet = _SNIPPET.format(base=page.base_url, organization=page.organization)
        self.address = f"{page.base_url}/embed/chat?organizationId={page.organization}"

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the chat's settings."""
        given = form_values(values)
        chat: dict[str, Any] = {name: f"chat.{name}" in given for name in _FLAGS}
        chat["greeting"] = text(given.get("chat.greeting", "")).strip()
        saving = call(self, ticket_settings.change, {"chat": chat}, version=self._version)
        if await keep(self, saving, "Chat saved", undo=as_before(self)):
            await self._show()
