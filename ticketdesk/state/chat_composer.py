"""Writing in a chat: what the browser has not been answered yet, it sends again."""

from typing import Any

import reflex as rx

from ticketdesk.errors import TicketDeskError, Unauthenticated
from ticketdesk.services.chats import canned
from ticketdesk.services.desk import chat as desk
from ticketdesk.state.address import chat_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.session import call


class ChatComposerState(rx.State):
    """What the editor starts with, and what became of the last message."""

    draft: str = ""
    files: list[dict[str, Any]] = []
    stored: str = ""
    refused: dict[str, str] = {"id": "", "problem": ""}
    canned: list[dict[str, str]] = []
    inserted: dict[str, Any] = {"times": 0, "text": "", "empty": []}

    def _begin(self, shown: desk.Conversation) -> None:
        """Open the editor with the draft kept for the chat."""
        self.draft, self.files = shown.draft, shown.draft_files

    @rx.event
    async def save(self, chat: str, content: str, files: list[str]) -> None:
        """Keep what is typed in a chat, even if its screen was left meanwhile."""
        await call(self, desk.save, text(chat, 80), text(content), texts(files))

    @rx.event
    async def send(self, client_id: str, content: str, files: list[str]) -> None:
        """Say it; the same `client_id` again says it once."""
        client_id = text(client_id, 100)
        try:
            await call(
                self,
                desk.send,
                chat_reference(self),
                text(content),
                client_id=client_id,
                files=texts(files),
            )
        except Unauthenticated:
            raise
        except TicketDeskError as error:
            problem = next(iter(error.fields.values()), error.message)
            self.refused = {"id": client_id, "problem": problem}
            return
        self.files = []
        self.stored = client_id

    @rx.event
    async def offer(self) -> None:
        """Read the texts that `/` offers."""
        self.canned = await call(self, canned.offered)

    @rx.event
    async def insert(self, canned_id: str) -> None:
        """Fill a canned response for this chat; the editor puts it in."""
        filled = await call(self, canned.fill, text(canned_id, 100), chat_reference(self))
        times = self.inserted["times"] + 1
        self.inserted = {"times": times, "text": filled.content, "empty": filled.empty}
