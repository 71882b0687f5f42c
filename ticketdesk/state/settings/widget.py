"""/app/settings/widget: the public form and where it may be shown."""

from contextlib import suppress
from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_page, settings_widget
from ticketdesk.services.embed import previewing
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.form_preview import address_of
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
    _organization: str = ""

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
        self.address = address_of(page.organization)
        self._organization = page.organization

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the form's settings; the preview shows them at once."""
        if await keep(self, self._save(form_values(values)), "Widget saved"):
            await self._show()
        self.problems = folded(self.problems, "embedConfig.allowedSites")

    @rx.event
    async def show_draft(self, values: dict[str, Any]) -> None:
        """Show the form with what stands in the settings now."""
        await self._draw(_embed(_sent(form_values(values))))

    @rx.event
    async def take_logo(self, kept: str = "") -> None:
        """Go on from another logo, which is kept already."""
        page = await call(self, settings_page.read)
        self._version = page.version
        self.values = self.values | {"logoUrl": page.values["embedConfig"]["logoUrl"] or ""}
        await self._draw({})

    async def _draw(self, embed: dict[str, Any]) -> None:
        # Half a word is no error yet: saving tells, beside the field.
        with suppress(Invalid):
            name = await call(self, previewing.keep, embed)
            self.address = address_of(self._organization, name)

    async def _save(self, given: dict[str, Any]) -> None:
        sent = _sent(given)
        await call(
            self,
            settings_widget.save,
            _embed(sent),
            secret=text(sent.get("captchaSecret", ""), 500).strip(),
            forget="forgetSecret" in sent,
            version=self._version,
        )


def _sent(given: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("embedConfig."): value for name, value in given.items()}


def _embed(sent: dict[str, Any]) -> dict[str, Any]:
    """The form's settings as they stand on the screen."""
    embed: dict[str, Any] = {name: text(sent.get(name, "")) for name in _TEXTS}
    embed |= {name: name in sent for name in _FLAGS}
    embed["captchaSiteKey"] = text(sent.get("captchaSiteKey", "")).strip() or None
    embed["allowedSites"] = lines(sent.get("allowedSites"))
    return embed
