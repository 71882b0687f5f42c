"""Trying a rule on the last 90 days; nothing is changed by it."""

from typing import Any

import reflex as rx

from ticketdesk.services import ticket_settings
from ticketdesk.services.desk.moments import day_mark
from ticketdesk.services.desk.planned_words import planned_words
from ticketdesk.services.rules.trial import Touched, Trial, TrialInput, try_rule
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import mapped
from ticketdesk.state.settings.saving import keep
from ticketdesk.state.shell import ShellState


class RuleTrialState(rx.State):
    """What a rule would have done."""

    tried: bool = False
    words: str = ""
    rows: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    async def try_out(self, rule: str) -> None:
        """Judge the past by the rule in the editor, saved or not."""
        self._forget()
        trial = await keep(self, self._ask(rule), "Tried on the last 90 days")
        if isinstance(trial, Trial):
            self.tried, self.words = True, _summary(trial)
            shell = await self.get_state(ShellState)
            found, _ = await call(self, ticket_settings.read)
            own = {field.key: field.label for field in found.embed_config.custom_fields}
            self.rows = [_row(one, shell.statuses, own) for one in trial.tickets]

    async def _ask(self, rule: str) -> Trial:
        wanted = mapped(rule)
        command = TrialInput.parse(wanted | {"name": wanted.get("name") or "A rule"})
        return await call(self, try_rule, command)

    def _forget(self) -> None:
        self.tried, self.words, self.rows, self.problems = False, "", [], {}


def _summary(trial: Trial) -> str:
    touched = "No ticket" if not trial.matched else f"{trial.matched:,} tickets"
    if trial.matched == 1:
        touched = "One ticket"
    looked = f"{touched} of {trial.looked_at:,} would have changed"
    return f"{looked} since {day_mark(trial.since)}." if trial.is_capped else f"{looked}."


def _row(one: Touched, statuses: dict[str, str], own: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.ticket_id,
        "name": f"#{one.ticket_number} {one.subject}",
        "at": one.at.isoformat(),
        "words": "; ".join(planned_words(change, statuses, own) for change in one.changes),
    }
