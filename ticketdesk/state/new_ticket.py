"""/app/tickets/new: a form whose errors stand beside its fields and whose draft is kept."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from ticketdesk.errors import Invalid, Malformed
from ticketdesk.services.desk import new_ticket
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

_MOST_FIELDS = 80


class NewTicketState(rx.State):
    """What the form starts with, what is wrong in it, and who might be meant."""

    phase: str = "loading"
    draft: dict[str, Any] = {}
    priority: str = "MEDIUM"
    categories: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    fields: list[dict[str, Any]] = []
    files: list[dict[str, Any]] = []
    limits: dict[str, int] = {"bytes": 0, "files": 0}
    problems: dict[str, str] = {}
    tries: int = 0
    found: list[dict[str, str]] = []

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the form with what was typed before."""
        form = await call(self, new_ticket.begin)
        self.draft, self.priority = form.draft, str(form.draft.get("priority") or form.priority)
        self.categories, self.tags, self.fields = form.categories, form.tags, form.fields
        self.files, self.limits = form.files, form.limits
        self.problems, self.found = {}, []
        self.phase = "ready"
        await watch(self)

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep what is typed."""
        await call(self, new_ticket.save, _checked(values))

    @rx.event
    async def suggest(self, words: str) -> None:
        """Find people whose name or address begins like this."""
        words = text(words, 200).strip()
        self.found = await call(self, new_ticket.suggest, words) if words else []

    @rx.event
    async def create(self, values: dict[str, Any]) -> EventSpec | None:
        """Open the ticket and go there."""
        self.problems = {}
        try:
            ticket = await call(self, new_ticket.submit, _checked(values))
        except Invalid as error:
            self.problems = error.fields
            self.tries += 1
            return None
        toasts = await self.get_state(ToastState)
        toasts._add(f"Ticket {ticket.ticket_number} created")
        self.draft, self.phase = {}, "loading"
        return rx.redirect(f"/app/tickets/{ticket.ticket_number}")


def _checked(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict) or len(values) > _MOST_FIELDS:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return {text(name, 200): _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [text(item, 500) for item in value[:100]]
    return text(value)
