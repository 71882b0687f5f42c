"""Part of /app/settings/email: how mail comes in, and the key that signs what leaves."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import settings_inbound
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.mail import dkim_keys, inbound_check
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import JudgedForm, form_values, keep, rehearse

_WAYS = ("imap", "sendgrid", "postmark", "ses", "mailgun", "raw")


class EmailInboundState(rx.State):
    """The way mail comes in that is on screen; secrets never come back from the server."""

    way: str = "imap"
    mailbox: dict[str, Any] = {}
    proofs: dict[str, str] = {}
    kept: dict[str, bool] = {}
    addresses: dict[str, str] = {}
    events: dict[str, str] = {}
    raw: str = ""
    steps: dict[str, list[str]] = {}
    last: dict[str, str] = {}
    state: str = ""
    words: str = ""
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _id: str = ""

    @rx.event
    async def load(self) -> None:
        """Read how mail comes in."""
        await self._show()

    async def _show(self) -> None:
        found = await call(self, settings_inbound.read)
        self.mailbox, self.proofs, self.raw = found.mailbox, found.proofs, found.raw
        self.addresses, self.events, self.steps = found.addresses, found.events, found.steps
        self.kept = dict.fromkeys(found.kept, True)
        await self._show_last()
        self.saved += 1

    async def _show_last(self) -> None:
        last = await call(self, inbound_check.last)
        self.last = {key: str(value) for key, value in last.wire().items()} if last else {}

    @rx.event
    async def choose(self, way: str) -> None:
        """Show another way; nothing is kept by that."""
        if text(way, 20) in _WAYS:
            self.way = way

    @rx.event
    async def save_mailbox(self, values: dict[str, Any]) -> None:
        """Fetch from this mailbox from now on."""
        saved = self._save_mailbox(form_values(values))
        if await keep(self, saved, "Mailbox saved"):
            await self._show()

    @rx.event
    async def check_mailbox(self, values: dict[str, Any]) -> None:
        """Show what would be refused of it, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save_mailbox(given))

    async def _save_mailbox(self, given: dict[str, Any]) -> Any:
        box = {n: given.get(f"mailbox.{n}", "") for n in settings_inbound.MAILBOX}
        box["useTls"] = box["useTls"] != "none"
        return await call(self, saving, "mail", "", settings_inbound.save_mailbox, box)

    @rx.event
    async def save_proofs(self, values: dict[str, Any]) -> None:
        """Believe this provider from now on."""
        if await keep(self, self._save_proofs(form_values(values)), "Saved"):
            await self._show()

    @rx.event
    async def check_proofs(self, values: dict[str, Any]) -> None:
        """Show what would be refused of it, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save_proofs(given))

    async def _save_proofs(self, given: dict[str, Any]) -> Any:
        names = settings_inbound.PROOFS.get(self.way, ())
        proofs = {n: text(given.get(f"inbound.{n}", ""), 2000).strip() for n in names}
        verb = settings_inbound.save_proofs
        return await call(self, saving, "mail", "", verb, self.way, proofs)

    @rx.event
    async def try_mailbox(self) -> None:
        """Let a worker sign in to the mailbox."""
        asked = await call(self, inbound_check.request)
        self._id, self.state, self.words = asked.id, asked.state, ""

    @rx.event
    async def look(self) -> None:
        """See what came in last and how the check fares: the page hears when to."""
        await self._show_last()
        if self._id:
            found = await call(self, inbound_check.result, self._id)
            self.state, self.words = found.state, found.words or ""


class DkimState(JudgedForm, rx.State):
    """The DNS record of the key that signs; the key itself stays on the server."""

    name: str = ""
    value: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the key's record."""
        await self._show()

    async def _show(self) -> None:
        found = await call(self, dkim_keys.read)
        self.name, self.value = (found.name, found.value) if found else ("", "")

    @rx.event
    async def generate(self, values: dict[str, Any]) -> None:
        """Make a new key."""
        names = _names(form_values(values))
        made = call(self, saving, "mail", "", dkim_keys.generate, *names)
        if await keep(self, made, "Key made"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        # While one types only the names are judged: a key is made once.
        return await call(self, dkim_keys.judge, *_names(given))

    @rx.event
    async def forget(self) -> None:
        """Sign no more."""
        forgotten = call(self, saving, "mail", "", dkim_keys.forget)
        await keep(self, forgotten, "Mail is not signed any more")
        await self._show()


def _names(given: dict[str, Any]) -> tuple[str, str]:
    return text(given.get("domain", ""), 300), text(given.get("selector", ""), 300)
