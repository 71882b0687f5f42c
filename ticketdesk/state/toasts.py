"""Short messages to the person at this page."""

import time
import uuid
from typing import Any

import reflex as rx

from ticketdesk.state.arguments import text

_KEPT = 3


class ToastState(rx.State):
    """The last few messages; the browser shows each once."""

    items: list[dict[str, Any]] = []

    def _add(self, message: str, tone: str = "ok", undo: bool = False) -> str:
        toast = {
            "id": uuid.uuid4().hex[:12],
            "at": int(time.time() * 1000),
            "text": message,
            "tone": tone,
            "undo": undo,
        }
        self.items = [*self.items, toast][-_KEPT:]
        return str(toast["id"])

    @rx.event
    async def show(self, message: str, tone: str = "ok") -> None:
        """Show a message; it changes nothing but this page."""
        self._add(text(message, 500), "error" if tone == "error" else "ok")

    @rx.event
    async def undo(self, toast: str) -> None:
        """Take back what a message told of; screens that offer it override this."""
        text(toast, 40)
