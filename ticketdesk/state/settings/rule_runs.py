"""What rules did lately, and where they had to be stopped."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk.words import worded
from ticketdesk.services.rules import runs
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.shell import ShellState


class RuleRunsState(rx.State):
    """The last runs of one rule, and the last stops of all."""

    phase: str = "loading"
    name: str = ""
    rows: list[dict[str, Any]] = []
    stops: list[dict[str, Any]] = []
    _rule: str = ""

    @rx.event
    async def show(self, rule_id: str, name: str) -> None:
        """Show the last runs of a rule."""
        self._rule, self.name = text(rule_id, 100), text(name, 200)
        await self._read()

    @shows_failures
    async def _read(self) -> None:
        self.phase = "loading"
        found = await call(self, runs.last_runs, self._rule)
        statuses = (await self.get_state(ShellState)).statuses
        self.rows = [
            {
                "id": one.id,
                "number": one.ticket_number,
                "subject": one.subject,
                "words": worded(one.words, statuses) or "changed nothing",
                "problem": one.problem,
                "at": one.created_at.isoformat(),
            }
            for one in found
        ]
        self.phase = "ready" if found else "empty"

    async def _stops(self) -> None:
        found = await call(self, runs.last_stops)
        self.stops = [
            {
                "id": f"{one.ticket_id} {one.created_at.isoformat()}",
                "number": one.ticket_number,
                "subject": one.subject,
                "words": one.words,
                "at": one.created_at.isoformat(),
            }
            for one in found
        ]
