"""Saving the list as it is under a name, and tidying what was saved."""

from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid
from ticketdesk.services.desk import query as address
from ticketdesk.services.library import saved_views
from ticketdesk.services.library.saved_views import SavedViewInput
from ticketdesk.state.arguments import flag, text
from ticketdesk.state.session import call
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import TicketListState
from ticketdesk.state.toasts import ToastState


class SavedViewsState(rx.State):
    """What is wrong with the name that was typed; `kept` counts views that were saved."""

    problem: str = ""
    kept: int = 0

    async def _here(self) -> dict[str, str]:
        shown = await self.get_state(TicketListState)
        return address.lasting(shown._query)

    async def _changed(self) -> None:
        await (await self.get_state(ShellState))._load()

    @rx.event
    async def save(self, title: str, shared: bool) -> Any:
        """Keep the list's present filters under a name, for oneself or for all."""
        query = await self._here()
        self.problem = ""
        try:
            command = SavedViewInput.parse(
                {"title": text(title, 500), "query": query, "shared": flag(shared)}
            )
            view = await call(self, saved_views.create, command)
        except (Invalid, Conflict) as error:
            self.problem = next(iter(error.fields.values()), error.message)
            return None
        self.kept += 1
        await self._changed()
        (await self.get_state(ToastState))._add(f"“{view.title}” is saved")
        return rx.redirect(address.path({"saved": view.id} | view.query), replace=True)

    @rx.event
    async def rename(self, view: str, title: str, version: int) -> None:
        """Give a view another name."""
        known = version if isinstance(version, int) else 0
        saved = await call(self, saved_views.rename, text(view, 100), text(title, 500), known)
        await self._changed()
        shown = await self.get_state(TicketListState)
        if shown._query.get("saved") == saved.id:
            shown.title = saved.title

    @rx.event
    async def update_filters(self, view: str) -> None:
        """Let a view hold what the list shows now."""
        view, query = text(view, 100), await self._here()
        before = await call(self, saved_views.find, view)
        after = await call(self, saved_views.set_query, view, query)
        await self._changed()
        toasts = await self.get_state(ToastState)
        toasts._offer_undo(
            f"“{after.title}” has these filters now",
            "view_filters",
            view,
            before.query if before else {},
        )

    @rx.event
    async def move(self, view: str, up: bool) -> None:
        """Let a view change places with the one above or below."""
        await call(self, saved_views.move, text(view, 100), up=flag(up))
        await self._changed()

    @rx.event
    async def delete(self, view: str) -> None:
        """Forget a view; the message offers to bring it back."""
        gone = await call(self, saved_views.delete, text(view, 100))
        await self._changed()
        toasts = await self.get_state(ToastState)
        toasts._offer_undo(f"“{gone.title}” is deleted", "view", gone)
