"""The frame around every screen: who is signed in, where, and how much waits."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import chats, find
from ticketdesk.services.desk import frame as desk
from ticketdesk.state.arguments import text
from ticketdesk.state.bell import BellState
from ticketdesk.state.session import call

_FOUND = 8


def options(statuses: dict[str, str]) -> list[dict[str, Any]]:
    """Every status as a choice of a picker, in the organization's words."""
    return [
        {"value": status, "label": label, "glyph": f"status:{status}"}
        for status, label in statuses.items()
    ]


class ShellState(rx.State):
    """The sidebar's facts and the palette's findings."""

    name: str = ""
    email: str = ""
    role: str = ""
    organization: str = ""
    counts: dict[str, int] = {}
    views: list[dict[str, Any]] = []
    waiting_chats: int = 0
    found: list[dict[str, Any]] = []
    guide: str = ""
    look: dict[str, Any] = {}
    statuses: dict[str, str] = {}
    status_options: list[dict[str, Any]] = []
    ended: bool = False
    _in_use: bool = False
    _user_id: str = ""
    _organization_id: str = ""

    async def _load(self) -> None:
        frame = await call(self, desk.frame)
        self.name, self.email, self.role = frame.name, frame.email, frame.role
        self.organization = frame.organization
        self.waiting_chats = frame.chats
        self.guide, self.statuses = frame.guide, frame.statuses
        self.look = frame.look
        self.status_options = options(frame.statuses)
        self._count(frame)
        self._user_id, self._organization_id = frame.user_id, frame.organization_id

    @rx.event
    async def load(self) -> None:
        """Read who is signed in, how much waits in each view and what is new for them."""
        await self._load()
        if self.role != "CUSTOMER":
            await (await self.get_state(BellState))._count()

    @rx.event
    async def refresh(self) -> None:
        """Read the counts again, after something changed."""
        self._count(await call(self, desk.waits))

    def _count(self, waits: desk.Frame | desk.Waits) -> None:
        if self.counts != waits.counts:
            self.counts = waits.counts
        if self.views != waits.views:
            self.views = waits.views

    @rx.event
    async def refresh_chats(self) -> None:
        """Count the chats that wait for a person again."""
        self.waiting_chats = await call(self, chats.waiting)

    @rx.event
    async def search(self, words: str) -> None:
        """Find tickets for the palette."""
        words = text(words, 200).strip()
        self.found = await call(self, find.by_words, words, limit=_FOUND) if words else []

    @rx.event
    async def end(self) -> None:
        """Leave: the session is over."""
        self.reset()
        self.ended = True
