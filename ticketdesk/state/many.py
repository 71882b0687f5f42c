"""Changing the tickets that are ticked in the list; which they are, the browser keeps."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import many
from ticketdesk.services.tickets import bulk
from ticketdesk.state.arguments import flag, text, texts
from ticketdesk.state.session import call
from ticketdesk.state.ticket_list import SLOTS, TicketListState
from ticketdesk.state.toasts import ToastState


class ManyState(rx.State):
    """How far the last bulk action is; `applied` counts those that ended."""

    done: int = 0
    total: int = 0
    applied: int = 0
    _bulk_id: str = ""

    @rx.event
    async def apply(self, ids: list[str], everything: bool, field: str, value: str) -> None:
        """Change one fact of the ticked tickets, or of all in the list."""
        shown = await self.get_state(TicketListState)
        query = dict(shown._query) if flag(everything) else None
        ticked = texts(ids, SLOTS * 10)
        await self._follow(
            await call(
                self, many.change, ticked, text(field, 20), text(value, 200), everything_in=query
            )
        )

    @rx.event
    async def look(self) -> None:
        """See how far a long one is."""
        if self._bulk_id:
            await self._follow(await call(self, bulk.progress, self._bulk_id))

    async def _follow(self, view: Any) -> None:
        if not view.is_finished:
            self._bulk_id, self.done, self.total = view.id, view.done, view.total
            return
        self._bulk_id, self.done, self.total = "", 0, 0
        self.applied += 1
        toasts = await self.get_state(ToastState)
        if view.can_undo and len(view.refused) < view.total:
            toasts._offer_undo(many.sentence(view), "bulk", view.id)
        else:
            toasts._add(many.sentence(view), "error")
