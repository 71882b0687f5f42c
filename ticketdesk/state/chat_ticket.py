"""The dialog "Create ticket from chat"."""

import uuid
from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, Malformed
from ticketdesk.services.desk import chat_ticket as desk
from ticketdesk.state.address import chat_reference
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState

_MOST_FIELDS = 20


class ChatTicketState(rx.State):
    """What the form starts with and what is wrong in it; each opening makes one ticket."""

    phase: str = "closed"
    values: dict[str, str] = {}
    reasons: dict[str, str] = {"priority": "", "category": ""}
    categories: list[str] = []
    preview: str = ""
    messages: int = 0
    files: int = 0
    before: int = 0
    problems: dict[str, str] = {}
    problem: str = ""
    tries: int = 0
    made: int = 0
    click: str = ""

    @rx.event
    async def begin(self) -> None:
        """Fill the form in."""
        self.phase, self.problems, self.problem = "loading", {}, ""
        form = await call(self, desk.begin, chat_reference(self))
        self.values, self.reasons = form.values, form.reasons
        self.categories, self.preview = form.categories, form.preview
        self.messages, self.files, self.before = form.messages, form.files, form.before
        self.click = uuid.uuid4().hex
        self.phase = "ready"

    @rx.event
    async def create(self, values: dict[str, Any]) -> None:
        """Make the ticket, tell its number and close the dialog."""
        if self.phase != "ready":
            return
        self.problems, self.problem = {}, ""
        try:
            number = await call(
                self, desk.submit, chat_reference(self), _checked(values), click=self.click
            )
        except Invalid as error:
            self.problems, self.tries = error.fields, self.tries + 1
            return
        except Conflict as error:
            self.problem, self.tries = error.message, self.tries + 1
            return
        self.phase, self.made = "closed", self.made + 1
        toasts = await self.get_state(ToastState)
        toasts._add(f"Ticket #{number} created")


def _checked(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict) or len(values) > _MOST_FIELDS:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return {text(name, 200): text(value) for name, value in values.items()}
