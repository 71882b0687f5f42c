"""Writing on a ticket: drafts are kept while one types, and sending waits for the server's word."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, NotFound, TooLarge
from ticketdesk.services.desk import compose, detail
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState


class ComposerState(rx.State):
    """What the editor starts with, and what became of the last try to send."""

    ticket: str = ""
    reply: str = ""
    note: str = ""
    reply_files: list[dict[str, Any]] = []
    note_files: list[dict[str, Any]] = []
    sent: int = 0
    failed: int = 0
    problem: str = ""
    newer: bool = False
    doubts: list[dict[str, str]] = []
    canned: list[dict[str, str]] = []
    inserted: dict[str, Any] = {"times": 0, "text": "", "empty": []}

    def _begin(self, ticket: str, shown: detail.Detail) -> None:
        """Open the editor for a ticket with the drafts kept for it."""
        self.problem, self.newer, self.doubts = "", False, []
        self.ticket, self.reply, self.note = ticket, shown.reply, shown.note
        self.reply_files, self.note_files = shown.reply_files, shown.note_files

    @rx.event
    async def save(self, kind: str, content: str, files: list[str]) -> None:
        """Keep what is typed and what was uploaded for it."""
        reference = ticket_reference(self)
        await call(self, compose.save, reference, text(kind, 10), text(content), texts(files))

    @rx.event
    async def send(
        self, kind: str, content: str, then: str, latest: str, anyway: str, files: list[str]
    ) -> None:
        """Send a reply or keep a note; a refusal or a doubt keeps the text and says why.

        `then` is "close", "wait" or "". `anyway` is "doubts" when the author has seen them, and
        "newer" when they also have read what came meanwhile.
        """
        reference, named = ticket_reference(self), texts(files)
        self.problem, self.newer, self.doubts = "", False, []
        try:
            if kind == "reply" and not anyway:
                self.doubts = await call(
                    self, compose.doubts, reference, text(content), has_files=bool(named)
                )
                if self.doubts:
                    self.failed += 1
                    return
            sent = await call(
                self,
                compose.send,
                reference,
                text(kind, 10),
                text(content),
                close=then == "close",
                wait=then == "wait",
                latest=text(latest, 100),
                anyway=anyway == "newer",
                files=named,
            )
        except Conflict as error:
            self.problem, self.newer = error.message, error.code == "newer_message"
            self.failed += 1
            return
        except (Invalid, NotFound, TooLarge) as error:
            self.problem = next(iter(error.fields.values()), error.message)
            self.failed += 1
            return
        except Exception:
            self.failed += 1
            raise
        if kind == "reply":
            self.reply, self.reply_files = "", []
        else:
            self.note, self.note_files = "", []
        self.sent += 1
        if sent:
            what = (reference, sent.response_id, sent.before, sent.version_after)
            toasts = await self.get_state(ToastState)
            toasts._offer_undo(f"Sent to {sent.recipient}", "send", *what)

    @rx.event
    async def offer(self) -> None:
        """Read the texts that `/` offers."""
        self.canned = await call(self, compose.canned)

    @rx.event
    async def insert(self, canned_id: str) -> None:
        """Fill a canned response for this ticket; the editor puts it in."""
        filled = await call(self, compose.filled, text(canned_id, 100), ticket_reference(self))
        self.inserted = {**filled, "times": self.inserted["times"] + 1}
