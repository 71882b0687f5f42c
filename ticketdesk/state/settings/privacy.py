"""/app/settings/privacy: how long things are kept, and what a person may ask for."""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ticketdesk.services.privacy import erase, person, retention
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_PERIODS = ("closedTicketDays", "originalMailDays", "auditDays")


class RetentionState(SettingsForm, rx.State):
    """The periods as they stand in the form; '' keeps for ever."""

    values: dict[str, str] = {}
    tonight: str = ""

    async def _begin(self) -> None:
        await self._show()
        people = await self.get_state(PersonState)
        await people._show()

    async def _show(self) -> None:
        page = await self._read_settings()
        kept, files = page.values["retention"], page.values["files"]
        self.values = {name: _shown(kept[name]) for name in _PERIODS}
        self.tonight = ""
        if kept["closedTicketDays"] is not None:
            due = await call(self, retention.would_delete_today, kept["closedTicketDays"])
            self.tonight = f"{due:,} closed tickets go next night." if due else ""
        self.values |= {
            "archiveAfterDays": _shown(files["archiveAfterDays"]),
            "archiveTo": files["archiveTo"],
        }

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the periods."""
        if await keep(self, self._save(form_values(values)), "Periods saved"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        patch = {
            "retention": {name: _period(given, f"retention.{name}") for name in _PERIODS},
            "files": {
                "archiveAfterDays": _period(given, "files.archiveAfterDays"),
                "archiveTo": text(given.get("files.archiveTo", ""), 300).strip(),
            },
        }
        return await self._change(patch)


class PersonState(rx.State):
    """Whoever was looked up, what the desk holds of them, and the erasures so far."""

    found: dict[str, str] = {}
    counts: list[dict[str, str]] = []
    rows: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    async def look_up(self, values: dict[str, Any]) -> None:
        """Count what the desk holds of a person."""
        address = text(form_values(values).get("email", ""), 300)
        self.found, self.counts = {}, []
        seen = await keep(self, call(self, person.preview, address), "")
        if not seen:
            return
        self.found = _facts(seen)
        self.counts = _counts(seen)

    @rx.event
    async def erase(self, values: dict[str, Any]) -> None:
        """Erase the person that was looked up, if their address was typed once more."""
        typed = text(form_values(values).get("confirmation", ""), 300)
        asked = call(self, erase.request, self.found.get("email", ""), typed)
        if await keep(self, asked, "The person is being erased"):
            self.found, self.counts = {}, []
            await self._show()

    @rx.event
    async def look_again(self) -> None:
        """See how far the erasures are."""
        await self._show()

    @rx.event
    async def leave(self) -> None:
        """Put the person away."""
        self.found, self.counts, self.problems = {}, [], {}

    async def _show(self) -> None:
        self.rows = [_row(row) for row in await call(self, erase.list_erasures)]


def _period(given: dict[str, Any], name: str) -> str | None:
    return text(given.get(name, ""), 20).strip() or None


def _shown(days: int | None) -> str:
    return "" if days is None else str(days)


def _facts(seen: person.PersonView) -> dict[str, str]:
    state = "unknown" if not seen.is_known else "working" if seen.is_active_member else "known"
    return {
        "email": seen.email,
        "name": seen.name or seen.email,
        "state": state,
        "export": f"/api/people/export?{urlencode({'email': seen.email})}",
    }


def _counts(seen: person.PersonView) -> list[dict[str, str]]:
    named = (
        ("Tickets", seen.tickets),
        ("Messages", seen.messages),
        ("Chats", seen.chats),
        ("Chat messages", seen.chat_messages),
        ("Files", seen.files),
        ("Mails", seen.mails),
    )
    return [{"label": label, "number": f"{number:,}"} for label, number in named]


def _row(row: erase.ErasureView) -> dict[str, Any]:
    counted = {"tickets": "tickets", "messages": "messages", "files": "files"}
    parts = [f"{row.counts.get(key, 0):,} {words}" for key, words in counted.items()]
    return {
        "id": row.id,
        "words": f"{', '.join(parts)} · asked by {row.requested_by_name}",
        "at": row.created_at.isoformat(),
        "done": row.finished_at is not None,
    }
