"""/app/settings/widget: the public form and where it may be shown."""

from contextlib import suppress
from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_page, settings_widget
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.embed import previewing
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.form_preview import address_of
from ticketdesk.state.settings.given import folded, lines
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_TEXTS = ("title", "color", "confirmationMessage", "defaultPriority", "captcha", "captchaProvider")
_FLAGS = ("allowAnonymous", "requireEmail", "requirePhone")
_SNIPPET = """<script
  async
  src="{base}/eclipse-ticket-widget.js"
  data-eclipse-tickets
  data-organization-id="{organization}"
></script>"""


class WidgetState(SettingsForm, rx.State):
    """The form's settings, the snippet for a site and the address of the preview."""

    values: dict[str, Any] = {}
    snippet: str = ""
    address: str = ""
    _organization: str = ""

    async def _show(self) -> None:
        page = await self._read_settings()
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
        self._fold()

    def _fold(self) -> None:
        self.problems = folded(self.problems, "embedConfig.allowedSites")

    @rx.event
    async def show_draft(self, values: dict[str, Any]) -> None:
        """Show the form with what stands in the settings now, and what is wrong with that."""
        await self._draw(_embed(_sent(form_values(values))))
        await self.check(values)

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

    async def _save(self, given: dict[str, Any]) -> Any:
        sent = _sent(given)
        return await call(
            self,
            saving,
            "settings",
            "",
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
