"""/app/settings/widget: the public form and where it may be shown."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import settings_page, settings_widget
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import folded, lines
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch

_TEXTS = ("title", "color", "confirmationMessage", "defaultPriority", "captcha", "captchaProvider")
_FLAGS = ("allowAnonymous", "requireEmail", "requirePhone")
_SNIPPET = """<script
  async
  src="{base}/eclipse-ticket-widget.js"
  data-eclipse-tickets
  data-organization-id="{organization}"
></script>"""


class WidgetState(rx.State):
    """The form's settings, the snippet for a site and the address of the preview."""

    phase: str = "loading"
    values: dict[str, Any] = {}
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
        embed = page.values["embedConfig"]
        self.values = {name: embed[name] for name in (*_TEXTS, *_FLAGS)} | {
            "logoUrl": embed["logoUrl"] or "",
            "captchaSiteKey": embed["captchaSiteKey"] or "",
            "allowedSites": "\n".join(embed["allowedSites"]),
        }
        self.snippet = _SNIPPET.format(base=page.base_url, organization=page.organization)
        self.address = f"/embed/tickets?organizationId={page.organization}&preview=1"

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the form's settings; the preview shows them at once."""
        if await keep(self, self._save(form_values(values)), "Widget saved"):
            await self._show()
        self.problems = folded(self.problems, "embedConfig.allowedSites")

    async def _save(self, given: dict[str, Any]) -> None:
        sent = {name.removeprefix("embedConfig."): value for name, value in given.items()}
        embed = {name: text(sent.get(name, "")) for name in _TEXTS}
        embed |= {name: name in sent for name in _FLAGS}
        embed["logoUrl"] = text(sent.get("logoUrl", "")).strip() or None
        embed["captchaSiteKey"] = text(sent.get("captchaSiteKey", "")).strip() or None
        embed["allowedSites"] = lines(sent.get("allowedSites"))
        await call(
            self,
            settings_widget.save,
            embed,
            secret=text(sent.get("captchaSecret", ""), 500).strip(),
            forget="forgetSecret" in sent,
            version=self._version,
        )
