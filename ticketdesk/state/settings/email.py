"""/app/settings/email: how the desk writes, and through whom."""

from typing import Any

import reflex as rx

from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.desk import settings_email, settings_page
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.mail import account_settings
from ticketdesk.services.mail.outbound import trial
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.email_inbound import DkimState, EmailInboundState
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep, rehearse
from ticketdesk.state.watching import watch

_TEXTS = ("fromEmail", "fromName", "replyToEmail", "signature")
_ACCOUNT = {
    "smtp": ("host", "port", "security", "username", "password"),
    "sendgrid": ("apiKey",),
    "postmark": ("token", "stream"),
    "ses": ("region", "accessKeyId", "secretAccessKey", "configurationSet"),
}
_ANSWERS = ("first", "outOfHours", "surveyAfterHours")
_FIELDS = tuple(dict.fromkeys(name for names in _ACCOUNT.values() for name in names))


class EmailState(SettingsForm, rx.State):
    """Mail settings; secrets never come back from the server, only that they are stored."""

    provider: str = "console"
    values: dict[str, Any] = {}
    account: dict[str, Any] = {}
    answers: dict[str, str] = {}

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read settings and which secrets are stored; then hear of what is tried and arrives."""
        await self._show()
        await (await self.get_state(EmailInboundState))._show()
        await (await self.get_state(DkimState))._show()
        self.problems = {}
        self.phase = "ready"
        arrives = Refresh(EmailInboundState.look, within=LATER)
        tried = [Refresh(TestMailState.look), Refresh(EmailInboundState.look)]
        await watch(self, {"agent": tried, "organization": [arrives]})

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        self._renew(page.version)
        email = page.values["emailConfig"]
        self.provider = email["provider"]
        self.values = {name: email[name] for name in (*_TEXTS, "undoSeconds")}
        said = email["answers"]
        self.answers = {name: "" if said[name] is None else str(said[name]) for name in _ANSWERS}
        stored = await call(self, account_settings.read)
        self.account = dict.fromkeys(_FIELDS, "") | settings_email.kept(stored.account)

    @rx.event
    async def choose(self, provider: str) -> None:
        """Show the fields of a provider; it is kept with the form."""
        wanted = text(provider, 20)
        if wanted == "console" or wanted in _ACCOUNT:
            self.provider = wanted

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep settings and account."""
        if await keep(self, self._save(form_values(values)), "Email saved"):
            await self._show()

    @rx.event
    async def save_answers(self, values: dict[str, Any]) -> None:
        """Keep what the desk says by itself."""
        if await keep(self, self._save_answers(form_values(values)), "Automatic answers saved"):
            await self._show()

    @rx.event
    async def check_answers(self, values: dict[str, Any]) -> None:
        """Show what would be refused of it, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save_answers(given))

    async def _save_answers(self, given: dict[str, Any]) -> Any:
        said: dict[str, Any] = {
            name: text(given.get(f"emailConfig.answers.{name}", ""), 5000) for name in _ANSWERS
        }
        said["surveyAfterHours"] = said["surveyAfterHours"].strip() or None
        return await self._change({"emailConfig": {"answers": said}})

    async def _save(self, given: dict[str, Any]) -> Any:
        email = {name: text(given.get(f"emailConfig.{name}", "")) for name in _TEXTS}
        email["provider"] = self.provider
        email["undoSeconds"] = text(given.get("emailConfig.undoSeconds", ""), 10)
        fields = _ACCOUNT.get(self.provider, ())
        account = {name: text(given.get(f"account.{name}", ""), 1000).strip() for name in fields}
        verb, version = settings_email.save, self._version
        return await call(self, saving, "mail", "", verb, email, account, version=version)


class TestMailState(rx.State):
    """A test mail that was asked for, and how it fares."""

    __test__ = False

    state: str = ""
    words: str = ""
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _id: str = ""

    @rx.event
    async def send(self, values: dict[str, Any]) -> None:
        """Ask for a test mail."""
        address = text(form_values(values).get("to", ""), 300)
        done = await keep(self, call(self, trial.request, address), "Test mail is on its way")
        self._id, self.state, self.words = (done.id, done.state, "") if done else ("", "", "")

    @rx.event
    async def look(self) -> None:
        """See how it fares now: the page hears when there is something to see."""
        if not self._id:
            return
        found = await call(self, trial.result, self._id)
        self.state, self.words = found.state, found.words or ""
