"""/app/tickets: the rows on screen, kept small so that a change of one ticket sends one row."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid, Malformed
from ticketdesk.realtime import Refresh
from ticketdesk.services.desk import opening
from ticketdesk.services.desk import query as address
from ticketdesk.services.desk import rows as desk
from ticketdesk.state import slots
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

PAGE = 50
SLOTS = 100
"""Rows kept at once; past them one turns the page, so that a state stays under 40 kB."""

SORTS: list[dict[str, str]] = [
    {"value": "-updatedAt", "label": "Last change", "glyph": "newest"},
    {"value": "-createdAt", "label": "Newest", "glyph": "newest"},
    {"value": "createdAt", "label": "Oldest", "glyph": "sort"},
    {"value": "-priority", "label": "Priority", "glyph": "flame"},
    {"value": "sla", "label": "Due first", "glyph": "alarm"},
    {"value": "status", "label": "Status", "glyph": "layers"},
]

_EMPTY = {
    "mine": "Nothing is waiting for you",
    "unassigned": "Every ticket has somebody",
    "due_soon": "Nothing is due soon",
    "breached": "No target is missed",
    "waiting": "Nobody is being waited for",
    "closed": "Nothing closed yet",
}


class TicketListState(rx.State):
    """One list per page: each row has a slot, and `order` names the slots from top to bottom."""

    phase: str = "loading"
    title: str = "All open"
    problem: str = ""
    wrong: str = ""
    export_path: str = ""
    shown: str = ""
    total_words: str = ""
    empty_title: str = "No open tickets"
    order: list[int] = []
    has_more: bool = False
    next_path: str = ""
    people: list[dict[str, Any]] = []
    categories: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    _slots: dict[str, int] = {}
    _query: dict[str, str] = {}

    async def _show(self, rows: int) -> None:
        page = await call(self, desk.page, self._query, limit=min(max(rows, PAGE), SLOTS))
        slots.put(self, page.rows, SLOTS)
        filtered = bool(set(self._query) - {"view", "saved", "sort", "after"})
        self.has_more = page.next_cursor is not None and len(page.rows) < SLOTS
        full = page.next_cursor is not None and len(page.rows) >= SLOTS
        self.next_path = address.path(self._query, after=page.next_cursor) if full else ""
        self.total_words = page.total_words
        self.phase = "ready" if page.rows else "nothing" if filtered else "empty"

    @rx.event
    @shows_failures
    async def load(self) -> Any:
        """Read the filters from the address and show the first rows."""
        query = address.query_of(self.router.url.query_parameters)
        opened = await call(self, opening.of, query)
        if opened.elsewhere:
            return rx.redirect(opened.elsewhere, replace=True)
        # Before the rows are read: what happens meanwhile is not missed.
        await watch(self, {"organization": [Refresh(TicketListState.refresh)]})
        shown = self.router.url.query
        if query != self._query:
            self._query, rows = query, PAGE
        else:
            rows = len(self.order)
        self.title = opened.title
        if opened.saved:
            self.empty_title = "Nothing in this view"
        else:
            self.empty_title = _EMPTY.get(query.get("view", ""), "No open tickets")
        try:
            await self._show(rows)
            self.problem, self.wrong, self.shown = "", "", shown
            self.export_path = address.export_path(query)
        except (Invalid, Malformed) as error:
            # The address is anybody's: a word in it may be one that the list does not know.
            slots.put(self, [], SLOTS)
            self.problem = next(iter(error.fields.values()), error.message)
            self.wrong = str(error.details.get("word", ""))
            self.total_words, self.has_more, self.phase = "", False, "wrong"
        choices = await call(self, desk.choices)
        self.people, self.categories, self.tags = choices.people, choices.categories, choices.tags
        return None

    @rx.event
    async def load_more(self) -> None:
        """Show the next rows below those on screen."""
        if self.has_more:
            await self._show(len(self.order) + PAGE)

    @rx.event
    async def refresh(self) -> None:
        """Read the rows on screen again, after something changed in the organization."""
        if self.phase in {"ready", "empty", "nothing"}:
            await self._show(len(self.order))


slots.declare(TicketListState, SLOTS)
