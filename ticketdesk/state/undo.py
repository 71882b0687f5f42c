"""The Undo of a message on the screen."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import undo
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.session import call
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.toasts import ToastState


class UndoState(rx.State):
    """Holds nothing: what can be taken back is kept with the messages."""

    @rx.event
    async def undo(self, toast: str) -> Any:
        """Take back what a message told of; the page hears of it like of any change."""
        toasts = await self.get_state(ToastState)
        kind, what = toasts._claim(toast)
        if not kind:
            return None
        toasts._add(await call(self, undo.take_back, kind, what))
        if kind.startswith("view"):
            await (await self.get_state(ShellState))._load()
        # What was sent is a draft again: the editor of its ticket reads it.
        is_here = kind == "send" and ticket_reference(self) == what[0]
        return TicketState.load if is_here else None
