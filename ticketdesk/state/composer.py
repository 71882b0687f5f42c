"""Writing on a ticket: drafts are kept while one types, and sending waits for the server's word."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, NotFound, Stale, TooLarge
from ticketdesk.services.desk import compose, compose_offers, detail, many
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState

_THEN = {"close": "CLOSED", "wait": "WAITING_ON_CUSTOMER", "resolve": "RESOLVED"}


class ComposerState(rx.State):
    """What the editor starts with, and what became of the last try to send."""

    ticket: str = ""
    reply: str = ""
    note: str = ""
    reply_files: list[dict[str, Any]] = []
    note_files: list[dict[str, Any]] = []
    copies: dict[str, list[str]] = {"cc": [], "bcc": []}
    sent: int = 0
    failed: int = 0
    problem: str = ""
    newer: bool = False
    doubts: list[dict[str, str]] = []
    canned: list[dict[str, str]] = []
    people: list[dict[str, str]] = []
    macros: list[dict[str, str]] = []
    inserted: dict[str, Any] = {"times": 0, "html": "", "empty": [], "unknown": []}
    looked: dict[str, Any] = {"id": ""}

    def _begin(self, ticket: str, shown: detail.Detail) -> None:
        """Open the editor for a ticket with the drafts kept for it."""
        self.problem, self.newer, self.doubts = "", False, []
        self.ticket, self.reply, self.note = ticket, shown.reply, shown.note
        self.reply_files, self.note_files = shown.reply_files, shown.note_files
        self.copies = shown.copies

    @rx.event
    async def save(
        self, kind: str, content: str, files: list[str], cc: list[str], bcc: list[str]
    ) -> None:
        """Keep what is typed, what was uploaded for it and who gets copies."""
        reference, copies = ticket_reference(self), {"cc": texts(cc), "bcc": texts(bcc)}
        await call(
            self, compose.save, reference, text(kind, 10), text(content), texts(files), copies
        )

    @rx.event
    async def send(
        self,
        kind: str,
        content: str,
        then: str,
        latest: str,
        anyway: str,
        files: list[str],
        cc: list[str],
        bcc: list[str],
    ) -> None:
        """Send a reply or keep a note; a refusal or a doubt keeps the text and says why.

        `then` is "close", "wait", "resolve" or "". `anyway` is "doubts" when the author has seen
        them, and "newer" when they also have read what came meanwhile.
        """
        reference, named = ticket_reference(self), texts(files)
        self.problem, self.newer, self.doubts = "", False, []
        try:
            if kind == "reply" and not anyway and await self._doubts(reference, content, named):
                return
            sent = await call(
                self,
                compose.send,
                reference,
                text(kind, 10),
                text(content),
                then=_THEN.get(text(then, 20), ""),
                latest=text(latest, 100),
                anyway=anyway == "newer",
                files=named,
                copies={"cc": texts(cc), "bcc": texts(bcc)},
            )
        except Exception as error:
            self._refuse(error)
            return
        await self._told(kind, reference, sent)

    async def _doubts(self, reference: str, content: str, files: list[str]) -> bool:
        self.doubts = await call(
            self, compose_offers.doubts, reference, text(content), has_files=bool(files)
        )
        self.failed += bool(self.doubts)
        return bool(self.doubts)

    def _refuse(self, error: Exception) -> None:
        """Say beside the text why it was not taken; what is nobody's to mend goes its usual way."""
        self.failed += 1
        match error:
            case Conflict():
                self.problem, self.newer = error.message, error.code == "newer_message"
            case Invalid() | NotFound() | TooLarge():
                self.problem = next(iter(error.fields.values()), error.message)
            case _:
                raise error

    async def _told(self, kind: str, reference: str, sent: compose.Sent | None) -> None:
        if kind == "reply":
            self.reply, self.reply_files = "", []
        else:
            self.note, self.note_files = "", []
        self.sent += 1
        if sent:
            self.copies = {"cc": sent.cc, "bcc": []}
            what = (reference, sent.response_id, sent.before, sent.version_after)
            toasts = await self.get_state(ToastState)
            seconds = await call(self, many.undo_seconds)
            toasts._offer_undo(f"Sent to {sent.recipient}", "send", *what, seconds=seconds)

    @rx.event
    async def offer(self) -> None:
        """Read what `/`, `@` and the menu of macros offer."""
        offered = await call(self, compose_offers.offers)
        self.canned, self.people, self.macros = offered.canned, offered.people, offered.macros

    @rx.event
    async def look_at(self, canned_id: str) -> None:
        """Show what a canned response says on this ticket, before it is put in."""
        canned_id, reference = text(canned_id, 100), ticket_reference(self)
        filled = await call(self, compose_offers.filled, canned_id, reference)
        self.looked = {**filled, "id": canned_id}

    @rx.event
    async def insert(self, canned_id: str) -> None:
        """Fill a canned response for this ticket; the editor puts it in."""
        reference = ticket_reference(self)
        filled = await call(self, compose_offers.filled, text(canned_id, 100), reference)
        self.inserted = {**filled, "times": self.inserted["times"] + 1}

    @rx.event
    async def run(self, macro_id: str) -> None:
        """Make a macro's changes; the message offers to take them back."""
        reference = ticket_reference(self)
        toasts = await self.get_state(ToastState)
        try:
            ran = await call(self, compose_offers.run, text(macro_id, 100), reference)
        except (Conflict, Invalid, NotFound, Stale) as error:
            toasts._add(error.message, "error")
            return
        toasts._offer_undo(f"{ran.title}: done", "macro", reference, ran.before)
