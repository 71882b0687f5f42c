"""The Undo of a message on the screen."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import undo
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text
from ticketdesk.state.beside import BesideState
from ticketdesk.state.session import call
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.toasts import ToastState

# What was done on a page of settings; the page's State comes last.
_OF_A_PAGE = ("saved", "deactivation", "invitation")


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
        if kind.endswith("link"):
            await (await self.get_state(BesideState))._show()
        if kind in _OF_A_PAGE:
            # The page of settings that it was changed on reads it again, and its form begins anew.
            page = rx.State.get_class_substate(what[1])
            state: Any = await self.get_state(page)
            state.saved += 1
            return page.event_handlers["load"]
        # What was sent is a draft again: the editor of its ticket reads it.
        is_here = kind == "send" and ticket_reference(self) == what[0]
        return TicketState.load if is_here else None

    @rx.event
    async def separate(self, target: str, merge: str) -> None:
        """Take a merge back, long after its message has gone."""
        what = [text(target, 100), text(merge, 100)]
        said = await call(self, undo.take_back, "merge", what)
        (await self.get_state(ToastState))._add(said)
        await (await self.get_state(BesideState))._show()
