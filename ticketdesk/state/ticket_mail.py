"""What an agent does with the mail of the ticket on screen."""

from typing import Any

import reflex as rx

from ticketdesk.services.mail.intake import held
from ticketdesk.services.mail.outbound import deliveries
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.toasts import ToastState


class TicketMailState(rx.State):
    """Holds nothing: the timeline shows what comes of it."""

    @rx.event
    async def accept(self, mail_id: str) -> Any:
        """Take a held message into the ticket; its sender takes part from now on."""
        await call(self, held.accept, text(mail_id, 100))
        return await self._told("Accepted. The sender takes part from now on.")

    @rx.event
    async def make_ticket(self, mail_id: str) -> Any:
        """Open a new ticket with a held message."""
        made = await call(self, held.make_ticket, text(mail_id, 100))
        number = made.ticket.ticket_number if made.ticket else ""
        return await self._told(f"It is ticket {number} now.")

    @rx.event
    async def discard(self, mail_id: str) -> Any:
        """Put a held message away."""
        discarded = text(mail_id, 100)
        await call(self, held.discard, discarded)
        toasts = await self.get_state(ToastState)
        toasts._offer_undo("Discarded. Its original is kept.", "discarded", discarded)
        return TicketState.refresh

    @rx.event
    async def send_again(self, response_id: str) -> Any:
        """Send the mail of an answer again to whom it did not reach."""
        await call(self, deliveries.send_again, text(response_id, 100))
        return await self._told("It is on its way again.")

    async def _told(self, words: str) -> Any:
        (await self.get_state(ToastState))._add(words)
        return TicketState.refresh
