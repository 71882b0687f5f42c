"""/app/tickets/{id}: the facts and the timeline of one ticket."""

from typing import Any

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.realtime import Refresh
from ticketdesk.services.desk import change, detail, rows
from ticketdesk.state import slots
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.bell import BellState
from ticketdesk.state.beside import BesideState
from ticketdesk.state.composer import ComposerState
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.presence import PresenceState
from ticketdesk.state.session import call
from ticketdesk.state.ticket_clocks import TicketClocksState
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

PAGE = 30
SLOTS = 90

_NO_FACTS: dict[str, Any] = {
    "id": "", "number": 0, "subject": "", "status": "", "moves": [], "priority": "", "category": "",
    "tags": [], "assignee": "", "assigneeName": "", "requester": "", "email": "", "source": "",
    "created": "", "updated": "", "latest": "", "chat": {"id": "", "title": ""}, "linked": [],
    "clocks": [], "fields": [], "files": [], "limits": {"bytes": 0, "files": 0}, "reader": "",
}  # fmt: skip


class TicketState(rx.State):
    """One ticket; each item of the timeline has a slot. `refused` counts changes not made."""

    phase: str = "loading"
    facts: dict[str, Any] = _NO_FACTS
    others: list[dict[str, Any]] = []
    older: bool = False
    order: list[int] = []
    people: list[dict[str, Any]] = []
    categories: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    refused: int = 0
    _slots: dict[str, int] = {}
    _messages: int = PAGE

    async def _show(self, *, seen: bool = False) -> detail.Detail:
        shown = await call(
            self, detail.open_ticket, ticket_reference(self), messages=self._messages, seen=seen
        )
        slots.put(self, shown.items[-SLOTS:], SLOTS)
        if shown.facts != self.facts:
            self.facts = shown.facts
        if shown.others != self.others:
            self.others = shown.others
        self.older = shown.older > 0
        self.phase = "ready"
        return shown

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the ticket that the address names."""
        if self.facts["id"] and ticket_reference(self) not in {
            self.facts["id"],
            str(self.facts["number"]),
        }:
            self.reset()
        shown = await self._show(seen=True)
        # With it, so that a key for the next ticket never means that of the one before.
        await (await self.get_state(BesideState))._show()
        composer = await self.get_state(ComposerState)
        composer._begin(str(shown.facts["number"]), shown)

    @rx.event
    async def prepare(self) -> None:
        """Read what the controls offer and follow the ticket; the conversation stands by then."""
        if self.phase != "ready":
            return
        await (await self.get_state(BellState))._count()
        choices = await call(self, rows.choices)
        self.people = [person for person in choices.people if person["value"] not in {"me", "none"}]
        self.categories, self.tags = choices.categories, choices.tags
        ticket_id = self.facts["id"]
        await watch(
            self,
            {
                f"ticket:{ticket_id}": [
                    Refresh(TicketState.refresh),
                    Refresh(TicketClocksState.refresh),
                    Refresh(BesideState.refresh),
                ],
                f"presence:{ticket_id}": [Refresh(PresenceState.refresh)],
            },
        )
        await self.refresh()  # For what happened since it was read and before it was followed.

    @rx.event
    async def refresh(self) -> None:
        """Read again, after something changed."""
        if self.phase == "ready":
            try:
                await self._show()
            except NotFound:
                self.phase = "missing"

    @rx.event
    async def show_older(self) -> None:
        """Show messages from before."""
        self._messages = min(self._messages + PAGE, SLOTS)
        await self._show()

    @rx.event
    async def change(self, field: str, value: Any) -> None:
        """Change one fact; the message offers to take it back."""
        field = text(field, 20)
        value = texts(value) if field == "tags" else text(value, 300)
        await self._change(field, value)

    @rx.event
    async def take(self) -> None:
        """Assign the ticket to oneself."""
        await self._change("assignee", "me")

    async def _change(self, field: str, value: Any) -> None:
        reference = ticket_reference(self)
        try:
            done = await call(self, change.change, reference, field, value)
        except Exception:
            self.refused += 1  # The browser shows it already and takes it back.
            raise
        finally:
            await self._show()
        toasts = await self.get_state(ToastState)
        toasts._offer_undo(done.sentence, "change", reference, field, done.before)


slots.declare(TicketState, SLOTS)
