"""The calculator on /app/settings/sla: why something is due when it is."""

from dataclasses import asdict
from typing import Any

import reflex as rx

from ticketdesk.services.desk import settings_sla
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep


class CalculatorState(rx.State):
    """When something would be due, day by day."""

    due: str = ""
    zone: str = ""
    days: list[dict[str, Any]] = []
    more: int = 0
    asked: bool = False
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    async def ask(self, values: dict[str, Any]) -> None:
        """Work out a due time."""
        given = form_values(values)
        pause = (text(given.get("pauseFrom", ""), 40), text(given.get("pauseTo", ""), 40))
        asking = call(
            self,
            settings_sla.calculate,
            start=text(given.get("start", ""), 40),
            minutes=text(given.get("minutes", ""), 40),
            pause=pause,
        )
        answer = await keep(self, asking, "Worked out")
        self.asked = bool(answer)
        if answer:
            # The form stays as it was filled: the question stands above its answer.
            self.saved -= 1
            self.due, self.zone, self.more = answer.due, answer.zone, answer.more
            self.days = [asdict(day) for day in answer.days]
