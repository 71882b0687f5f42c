"""The organization's own fields in the panel beside a ticket."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import own_fields
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.session import call
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.toasts import ToastState


class OwnFieldsState(rx.State):
    """What is wrong with the last answers, by field, and on which ticket they were given."""

    ticket: str = ""
    problems: dict[str, str] = {}

    @rx.event
    async def change(self, name: str, value: Any) -> None:
        """Answer one field; the message offers to take it back."""
        name, reference = text(name, 200), ticket_reference(self)
        ticket = await self.get_state(TicketState)
        here = ticket.facts["id"]
        kept = self.problems if self.ticket == here else {}
        self.ticket = here
        self.problems = {other: words for other, words in kept.items() if other != name}
        try:
            done = await call(self, own_fields.change, reference, name, _answer(value))
        except Invalid as error:
            self.problems = self.problems | error.fields
            ticket.refused += 1
            return
        finally:
            await ticket._show()
        toasts = await self.get_state(ToastState)
        toasts._offer_undo(done.sentence, "field", reference, name, done.before)


def _answer(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    return texts(value) if isinstance(value, list) else text(value, 5000)
