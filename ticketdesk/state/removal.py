"""Deleting the ticket on the screen: asking first, then going on to the next."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import removal
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.beside import BesideState
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState


class RemovalState(rx.State):
    """What would go with the ticket; `asked` counts the questions that were answered."""

    goes: dict[str, int] = {}
    asked: int = 0

    @rx.event
    async def ask(self) -> None:
        """Count what would go."""
        self.goes = await call(self, removal.what_goes, ticket_reference(self))
        self.asked += 1

    @rx.event
    async def delete(self) -> Any:
        """Delete the ticket and show the next of the list, or the list."""
        done = await call(self, removal.delete, ticket_reference(self))
        beside = await self.get_state(BesideState)
        toasts = await self.get_state(ToastState)
        toasts._offer_undo(done.sentence, "deleted", done.ticket_id)
        return rx.redirect(beside.next.get("to") or beside.back, replace=True)
