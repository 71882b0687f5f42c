"""/app/chats/{id}: a conversation, live."""

from typing import Any

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.realtime import Refresh
from ticketdesk.services.chats import chats, later
from ticketdesk.services.chats.commands import UpdateChat
from ticketdesk.services.desk import chat as desk
from ticketdesk.services.desk import rows
from ticketdesk.state import slots
from ticketdesk.state.address import chat_reference
from ticketdesk.state.arguments import flag, text
from ticketdesk.state.chat_composer import ChatComposerState
from ticketdesk.state.chat_signs import ChatSignsState
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

PAGE = 50
SLOTS = 150

_NO_FACTS: dict[str, Any] = {
    "id": "", "title": "", "customer": "", "email": "", "escalation": "NONE", "closed": False,
    "assignee": "", "assigneeName": "", "tickets": [], "linked": [], "first": "", "latest": "",
    "limits": {"bytes": 0, "files": 0}, "later": {"number": 0, "messages": 0},
}  # fmt: skip


class ChatState(rx.State):
    """One chat; each message of the window has a slot, so that a new one sends one message."""

    phase: str = "loading"
    facts: dict[str, Any] = _NO_FACTS
    older: bool = False
    newer: bool = False
    order: list[int] = []
    people: list[dict[str, Any]] = []
    _slots: dict[str, int] = {}
    _count: int = PAGE
    _before: str = ""
    _page_starts: str = ""
    _whole: str = ""

    async def _show(self, *, seen: bool = False) -> desk.Conversation:
        shown = await call(
            self,
            desk.open_chat,
            chat_reference(self),
            count=self._count,
            before=self._before,
            whole=self._whole,
            seen=seen,
        )
        slots.put(self, shown.items, SLOTS)
        self._page_starts = shown.items[-PAGE]["id"] if len(shown.items) > PAGE else ""
        if shown.facts != self.facts:
            self.facts = shown.facts
        self.older, self.newer = shown.older, shown.newer
        self.phase = "ready"
        return shown

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the chat that the address names."""
        if self.facts["id"] and chat_reference(self) != self.facts["id"]:
            self.reset()
        shown = await self._show(seen=True)
        composer = await self.get_state(ChatComposerState)
        composer._begin(shown)
        choices = await call(self, rows.choices)
        self.people = [
            {"value": "", "label": "Nobody", "glyph": "nobody"},
            *(one for one in choices.people if one["value"] not in {"me", "none"}),
        ]
        chat = shown.facts["id"]
        await watch(
            self,
            {
                f"chat:{chat}": [Refresh(ChatState.refresh)],
                f"presence:{chat}": [Refresh(ChatSignsState.refresh)],
            },
        )

    @rx.event
    async def refresh(self) -> None:
        """Read again, after something was said or changed."""
        if self.phase == "ready":
            try:
                await self._show()
            except NotFound:
                self.phase = "missing"

    @rx.event
    async def saw(self) -> None:
        """Remember that the newest message was on screen."""
        if self.phase == "ready":
            await self._show(seen=True)

    @rx.event
    async def show_older(self) -> None:
        """Show messages from before; past what a page holds, the window moves up."""
        if self._count < SLOTS:
            self._count += PAGE
        elif self._page_starts:
            self._before = self._page_starts
        await self._show()

    @rx.event
    async def show_newest(self) -> None:
        """Come back to the end."""
        self._count, self._before = PAGE, ""
        await self._show(seen=True)

    @rx.event
    async def show_whole(self, message: str) -> None:
        """Show a long message in full."""
        self._whole = text(message, 80)
        await self._show()

    @rx.event
    async def assign(self, agent: str) -> None:
        """Hand the chat to somebody, to oneself ("me") or to nobody ("")."""
        agent = text(agent, 80)
        await self._change({"assignedToId": agent or None})
        name = self.facts["assigneeName"]
        await self._tell(f"{name} has the chat" if name else "Nobody has the chat")

    @rx.event
    async def escalate(self, wanted: bool) -> None:
        """Mark the chat as pressing, or take the mark away."""
        await self._change({"escalation": "ESCALATED" if flag(wanted) else "NONE"})

    @rx.event
    async def close(self, wanted: bool) -> None:
        """Close the chat, or open it again."""
        await self._change({"isClosed": flag(wanted)})
        await self._tell("Chat closed" if flag(wanted) else "Chat open again")

    @rx.event
    async def append(self) -> None:
        """Add what was said since to the newest ticket of the chat."""
        number = str(self.facts["later"]["number"])
        done = await call(self, later.append, chat_reference(self), number)
        await self._show()
        added = "1 message" if done.messages == 1 else f"{done.messages:,} messages"
        await self._tell(f"{added} added to ticket #{done.ticket_number}")

    async def _change(self, values: dict[str, Any]) -> None:
        try:
            await call(self, chats.update, chat_reference(self), UpdateChat.parse(values))
        finally:
            await self._show()

    async def _tell(self, sentence: str) -> None:
        toasts = await self.get_state(ToastState)
        toasts._add(sentence)


slots.declare(ChatState, SLOTS)
