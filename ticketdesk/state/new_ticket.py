"""/app/tickets/new: a form whose errors stand beside its fields and whose draft is kept."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from ticketdesk.errors import Invalid, Malformed
from ticketdesk.services.desk import new_ticket, ticket_templates
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

_MOST_FIELDS = 80


class NewTicketState(rx.State):
    """What the form starts with, what is wrong in it, and who and what might be meant.

    `starts` counts how often the form began anew with other values; `over` shows it over a screen.
    """

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
    templates: list[dict[str, str]] = []
    recent: list[dict[str, Any]] = []
    alike: list[dict[str, Any]] = []
    kept: bool = False
    starts: int = 0
    over: bool = False
    _seen: tuple[str, str] = ("", "")

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the form with what was typed before."""
        self.over = False
        await self._begin()
        await watch(self)

    async def _begin(self) -> None:
        form = await call(self, new_ticket.begin)
        self.draft, self.priority = form.draft, str(form.draft.get("priority") or form.priority)
        self.categories, self.tags, self.fields = form.categories, form.tags, form.fields
        self.files, self.limits = form.files, form.limits
        self.templates, self.kept = form.templates, bool(form.draft)
        self.problems, self.found = {}, []
        self.starts += 1
        await self._know(form.draft)
        self.phase = "ready"

    @rx.event
    async def open_over(self) -> None:
        """Show the form over the screen one is at."""
        self.over, self.phase = True, "loading"
        await self._begin()

    @rx.event
    async def leave(self) -> None:
        """Put the form away; what was typed is kept."""
        self.over = False

    @rx.event
    async def save(self, values: dict[str, Any], start: int) -> None:
        """Keep what is typed, and look for what might be the same.

        Args:
            values: what stands in the form, by field.
            start: the `starts` of the form it was typed in; what one sends that was discarded or
                became a ticket meanwhile is no draft any more.
        """
        given = _checked(values)
        if start != self.starts:
            return
        await call(self, new_ticket.save, given)
        self.kept = True
        await self._know(given)

    async def _know(self, given: dict[str, Any]) -> None:
        seen = (str(given.get("requesterEmail", "")), str(given.get("subject", "")))
        if seen == self._seen:
            return
        self._seen = seen
        known = await call(self, new_ticket.know, *seen)
        self.recent, self.alike = known.recent, known.alike

    @rx.event
    async def discard(self) -> None:
        """Forget what is typed and begin anew."""
        await call(self, new_ticket.discard)
        await self._begin()

    @rx.event
    async def use(self, title: str, values: dict[str, Any]) -> None:
        """Fill the form from a template; what it leaves open stays as it is typed."""
        start = await call(self, ticket_templates.start, text(title, 300))
        await call(self, new_ticket.save, _checked(values) | start)
        await self._begin()

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
        toasts._add(f"Ticket #{ticket.ticket_number} created")
        self.draft, self.phase, self.over, self._seen = {}, "loading", False, ("", "")
        self.starts += 1
        return rx.redirect(f"/app/tickets/{ticket.ticket_number}")


def _checked(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict) or len(values) > _MOST_FIELDS:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return {text(name, 200): _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [text(item, 500) for item in value[:100]]
    return text(value)
