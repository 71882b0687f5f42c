"""/app/dashboard: how the desk is doing."""

from typing import Any

import reflex as rx

from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.tickets.stats import stats
from ticketdesk.services.tickets.stats_views import TicketStats
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

PERIODS = (7, 30, 90)
_STANDING = 30
_NOTHING = "\N{EN DASH}"


class DashboardState(rx.State):
    """Figures ready to be shown, as words."""

    phase: str = "loading"
    figures: list[dict[str, str]] = []
    days: list[dict[str, Any]] = []
    agents: list[dict[str, Any]] = []
    period: int = _STANDING
    zone: str = ""

    async def _show(self) -> None:
        found = await call(self, stats, days=self.period)
        figures = _figures(found)
        if figures != self.figures:
            self.figures = figures
        days = [day.model_dump() for day in found.per_day]
        if days != self.days:
            self.days = days
        most = max([agent.open for agent in found.agents] + [found.unassigned, 1])
        self.agents = [_agent(a.name, a.user_id, a.open, a.resolved, most) for a in found.agents]
        if found.unassigned:
            self.agents.append(_agent("", "none", found.unassigned, 0, most))
        self.zone = found.timezone
        self.phase = "ready" if found.total else "empty"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the figures of the period in the address."""
        wanted = self.router.url.query_parameters.get("days", "")
        self.period = int(wanted) if wanted in {str(days) for days in PERIODS} else _STANDING
        await self._show()
        await watch(self, {"organization": [Refresh(DashboardState.refresh, within=LATER)]})

    @rx.event
    async def refresh(self) -> None:
        """Count again, after something changed."""
        if self.phase in {"ready", "empty"}:
            await self._show()


def _figures(found: TicketStats) -> list[dict[str, str]]:
    sla, chats = found.sla, found.chats
    return [
        _figure("Open", f"{found.open:,}", f"{found.unassigned:,} unassigned", "/app/tickets"),
        _figure(
            "Closed",
            f"{found.closed:,}",
            f"{found.resolved_in_period:,} in {found.days} days",
            "/app/tickets?view=closed",
        ),
        _figure(
            "First response",
            duration(found.average_first_response_minutes),
            f"on average, {found.days} days",
        ),
        _figure(
            "Targets met",
            percent(sla.compliance),
            f"{sla.breached:,} missed" if sla.breached else "none missed",
            "/app/tickets?view=breached",
        ),
        _figure(
            "Chats that became tickets",
            percent(chats.conversion_rate),
            f"{chats.converted:,} of {chats.total:,}",
        ),
        _figure(
            "Satisfied",
            percent(found.satisfaction.percent),
            f"{found.satisfaction.good:,} of"
            f" {found.satisfaction.good + found.satisfaction.bad:,} who answered",
        ),
    ]


def _figure(label: str, value: str, hint: str, to: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "hint": hint, "to": to}


def _agent(name: str, user_id: str, opened: int, resolved: int, most: int) -> dict[str, Any]:
    return {
        "name": name,
        "to": f"/app/tickets?assignee={user_id}",
        "open": opened,
        "resolved": resolved,
        "share": f"{round(100 * opened / most)}",
    }


def percent(value: float | None) -> str:
    """Return a percentage in words; a dash where there is nothing to measure."""
    return _NOTHING if value is None else f"{value:.0f} %"


def duration(minutes: float | None) -> str:
    """Return minutes as people say them."""
    if minutes is None:
        return _NOTHING
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
    return f"{hours / 24:.1f} days"
