"""/app/workload: who has how much to do, and who gets the next ticket."""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ticketdesk.models.enums import TicketPriority
from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.rules.workload import WorkloadView, workload
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

_PRESSING = [str(priority) for priority in reversed(TicketPriority)]


class WorkloadState(rx.State):
    """One line per agent, the busiest first."""

    phase: str = "loading"
    rows: list[dict[str, Any]] = []

    async def _show(self) -> None:
        found = await call(self, workload)
        most = max([max(one.open, one.capacity or 0) for one in found] + [1])
        rows = [_row(one, most) for one in found]
        if rows != self.rows:
            self.rows = rows
        self.phase = "ready"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Count everybody's open tickets."""
        await self._show()
        await watch(self, {"organization": [Refresh(WorkloadState.refresh, within=LATER)]})

    @rx.event
    async def refresh(self) -> None:
        """Count again, after something changed."""
        if self.phase == "ready":
            await self._show()


def _row(one: WorkloadView, most: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "open": one.open,
        "capacity": "any" if one.capacity is None else str(one.capacity),
        "limit": one.capacity or 0,
        "waiting": one.waiting,
        "dueSoon": one.due_soon,
        "breached": one.breached,
        "state": _state(one),
        "free": one.is_free,
        "most": most,
        "parts": [
            {
                "priority": priority,
                "count": one.by_priority[priority],
                "to": _to(one, priority=priority),
            }
            for priority in _PRESSING
        ],
        "toOpen": _to(one),
        "toWaiting": _to(one, view="waiting"),
        "toDueSoon": _to(one, view="due_soon"),
        "toBreached": _to(one, view="breached"),
    }


def _state(one: WorkloadView) -> str:
    if not one.is_available:
        return "Away"
    if not one.works_now:
        return "Not at work now"
    return "Can take more" if one.is_free else "Full"


def _to(one: WorkloadView, **filters: str) -> str:
    return f"/app/tickets?{urlencode({'view': 'open', 'assignee': one.id} | filters)}"
