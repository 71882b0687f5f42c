"""/app/settings/mail-templates: the organization's own words in every mail."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import settings_templates
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.mail.own_templates import PARTS
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch


class MailTemplatesState(rx.State):
    """The template being written, and how a reader would see it."""

    phase: str = "loading"
    kind: str = "created"
    language: str = ""
    dark: bool = False
    values: dict[str, str] = {}
    own: list[str] = []
    variables: list[dict[str, str]] = []
    subject: str = ""
    plain: str = ""
    shown: int = 0
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the template and what was being written."""
        await self._show()
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        here = (self.kind, self.language)
        found = await call(self, settings_templates.read, *here)
        draft = await call(self, settings_templates.draft, *here)
        kept = {"subject": found.subject, "text": found.text, "html": found.html}
        self.values = kept | {part: str(draft[part]) for part in PARTS if draft.get(part)}
        self.own, self._version = found.own, found.version
        self.variables = [{"name": name, "words": words} for name, words in found.variables.items()]
        self.problems = {}
        self.saved += 1
        await self._look()

    async def _look(self) -> None:
        try:
            seen = await call(self, settings_templates.preview, self.kind, self.language)
        except Invalid as refusal:
            self.problems = refusal.fields
            return
        self.subject, self.plain = seen.subject, seen.text
        self.shown += 1

    @rx.event
    async def choose(self, kind: str) -> None:
        """Show another template."""
        before, self.kind = self.kind, text(kind, 40)
        await self._chosen("kind", before)

    @rx.event
    async def speak(self, language: str) -> None:
        """Write for the readers of one language, or '' for all."""
        before, self.language = self.language, text(language, 10)
        await self._chosen("language", before)

    async def _chosen(self, name: str, before: str) -> None:
        try:
            await self._show()
        except Exception:
            setattr(self, name, before)
            raise

    @rx.event
    async def shade(self) -> None:
        """Look at it by day or by night."""
        self.dark = not self.dark

    @rx.event
    async def draft(self, values: dict[str, Any]) -> None:
        """Keep what is typed and show it, or say what is wrong with it."""
        parts = self._parts(values)
        try:
            seen = await call(self, settings_templates.keep_draft, self.kind, self.language, parts)
        except Invalid as refusal:
            self.problems = refusal.fields
            return
        self.problems = {}
        self.subject, self.plain = seen.subject, seen.text
        self.shown += 1

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Use these words from now on."""
        given = (self.kind, self.language, self._parts(values), self._version)
        saved = call(self, saving, "settings", "", settings_templates.save, *given)
        if await keep(self, saved, "Template saved"):
            await self._show()

    @rx.event
    async def take_ours(self) -> None:
        """Have our words back."""
        given = (self.kind, self.language, self._version)
        reset = call(self, saving, "settings", "", settings_templates.reset, *given)
        if await keep(self, reset, "Our own template is back"):
            await self._show()

    def _parts(self, values: dict[str, Any]) -> dict[str, str]:
        given = form_values(values)
        return {part: text(given.get(part, ""), settings_templates.LONGEST) for part in PARTS}
