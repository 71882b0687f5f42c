"""Short messages to the person at this page, and taking back what they tell of."""

import uuid
from typing import Any

import reflex as rx

from ticketdesk.state.arguments import text

_KEPT = 3


class ToastState(rx.State):
    """The last few messages; the browser shows each once."""

    items: list[dict[str, Any]] = []
    _undos: dict[str, tuple[str, list[Any]]] = {}

    def _add(
        self, message: str, tone: str = "ok", *, undo: bool = False, seconds: float = 0
    ) -> str:
        toast = {
            "id": uuid.uuid4().hex[:12],
            "text": message,
            "tone": tone,
            "undo": undo,
            "lasts": int(seconds * 1000),
        }
        self.items = [*self.items, toast][-_KEPT:]
        return str(toast["id"])

    def _offer_undo(self, message: str, kind: str, *what: Any, seconds: float = 10) -> None:
        """Show a message with a button; `kind` and `what` are those of `undo.take_back`.

        Args:
            seconds: how long the button is there, for what can be taken back only so long; 0 is
                not at all.
        """
        toast = self._add(message, undo=seconds > 0, seconds=seconds)
        kept = {item["id"] for item in self.items}
        undos = {**self._undos, toast: (kind, list(what))}
        self._undos = {key: undo for key, undo in undos.items() if key in kept}

    @rx.event
    async def show(self, message: str, tone: str = "ok") -> None:
        """Show a message; it changes nothing but this page."""
        self._add(text(message, 500), "error" if tone == "error" else "ok")

    def _claim(self, toast: str) -> tuple[str, list[Any]]:
        """Return what a message can take back, once."""
        undos = dict(self._undos)
        claimed = undos.pop(text(toast, 40), ("", []))
        self._undos = undos
        self.items = [
            item | {"undo": False} if item["id"] == toast else item for item in self.items
        ]
        return claimed
