"""/app/settings/chat: the customers' chat, when somebody is there, and where it is shown."""

from typing import Any

import reflex as rx

from ticketdesk.state.arguments import text
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_FLAGS = ("enabled", "followHours", "away")
_SNIPPET = """<script
  async
  src="{base}/eclipse-ticket-widget.js"
  data-eclipse-tickets
  data-mode="chat"
  data-organization-id="{organization}"
></script>"""


class ChatSettingsState(SettingsForm, rx.State):
    """The chat's settings and the snippet for a site."""

    values: dict[str, Any] = {
        "enabled": True, "followHours": True, "away": False, "greeting": "",
    }  # fmt: skip
    has_hours: bool = False
    snippet: str = ""
    address: str = ""

    async def _show(self) -> None:
        page = await self._read_settings()
        self.values = page.values["chat"]
        self.has_hours = page.values["slaConfig"]["businessHours"] is not None
        self.snippet = _SNIPPET.format(base=page.base_url, organization=page.organization)
        self.address = f"{page.base_url}/embed/chat?organizationId={page.organization}"

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the chat's settings."""
        if await keep(self, self._save(form_values(values)), "Chat saved"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        chat: dict[str, Any] = {name: f"chat.{name}" in given for name in _FLAGS}
        chat["greeting"] = text(given.get("chat.greeting", "")).strip()
        return await self._change({"chat": chat})
