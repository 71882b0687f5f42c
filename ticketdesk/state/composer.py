"""Writing on a ticket: drafts are kept while one types, and sending waits for the server's word."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, NotFound, TooLarge
from ticketdesk.services.desk import compose, detail
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import flag, text, texts
from ticketdesk.state.session import call


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

    def _begin(self, ticket: str, shown: detail.Detail) -> None:
        """Open the editor for a ticket with the drafts kept for it."""
        self.problem, self.newer = "", False
        self.ticket, self.reply, self.note = ticket, shown.reply, shown.note
        self.reply_files, self.note_files = shown.reply_files, shown.note_files

    @rx.event
    async def save(self, kind: str, content: str, files: list[str]) -> None:
        """Keep what is typed and what was uploaded for it."""
        reference = ticket_reference(self)
        await call(self, compose.save, reference, text(kind, 10), text(content), texts(files))

    @rx.event
    async def send(
        self, kind: str, content: str, close: bool, latest: str, anyway: bool, files: list[str]
    ) -> None:
        """Send a reply or keep a note; a refusal keeps the text and says why."""
        self.problem, self.newer = "", False
        try:
            await call(
                self,
                compose.send,
                ticket_reference(self),
                text(kind, 10),
                text(content),
                close=flag(close),
                latest=text(latest, 100),
                anyway=flag(anyway),
                files=texts(files),
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
            self.reply_files = []
        else:
            self.note_files = []
        self.sent += 1
