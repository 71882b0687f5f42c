"""Changing the tickets that are ticked in the list; which they are, the browser keeps."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import many
from ticketdesk.services.tickets import bulk
from ticketdesk.state.arguments import flag, text, texts
from ticketdesk.state.session import call
from ticketdesk.state.ticket_list import SLOTS, TicketListState
from ticketdesk.state.toasts import ToastState


class ManyState(rx.State):
    """How far the last bulk action is; `applied` counts those that ended.

    `problem` is about the reply to many, `begun` counts those that were accepted.
    """

    done: int = 0
    total: int = 0
    applied: int = 0
    begun: int = 0
    problem: str = ""
    _bulk_id: str = ""

    async def _meant(self, ids: list[str], everything: bool) -> tuple[list[str], Any]:
        shown = await self.get_state(TicketListState)
        query = dict(shown._query) if flag(everything) else None
        return texts(ids, SLOTS * 10), query

    @rx.event
    async def apply(self, ids: list[str], everything: bool, field: str, value: str) -> None:
        """Change one fact of the ticked tickets, or of all in the list."""
        ticked, query = await self._meant(ids, everything)
        field, value = text(field, 20), text(value, 200)
        await self._follow(await call(self, many.change, ticked, field, value, everything_in=query))

    @rx.event
    async def reply(self, ids: list[str], everything: bool, content: str) -> None:
        """Send one reply on the ticked tickets, or on all in the list."""
        ticked, query = await self._meant(ids, everything)
        self.problem = ""
        try:
            started = await call(
                self, many.reply, ticked, text(content, 20_000), everything_in=query
            )
        except Invalid as error:
            self.problem = next(iter(error.fields.values()), error.message)
            return
        self.begun += 1
        await self._follow(started)

    @rx.event
    async def delete(self, ids: list[str], everything: bool) -> None:
        """Delete the ticked tickets, or all in the list."""
        ticked, query = await self._meant(ids, everything)
        await self._follow(await call(self, many.delete, ticked, everything_in=query))

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
            seconds = await call(self, many.undo_seconds) if view.kind == "reply" else 10
            toasts._offer_undo(many.sentence(view), "bulk", view.id, seconds=seconds)
        else:
            toasts._add(many.sentence(view), "error" if view.refused else "ok")
