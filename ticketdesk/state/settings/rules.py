"""/app/settings/rules: what the desk does by itself."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import settings_rules
from ticketdesk.services.desk.settings_before import Saved, saving
from ticketdesk.services.rules import manage, starters
from ticketdesk.services.rules.definition import RuleInput, RulePatch
from ticketdesk.services.rules.views import RuleView
from ticketdesk.state.arguments import flag, text
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import mapped
from ticketdesk.state.settings.order import moved
from ticketdesk.state.settings.rule_runs import RuleRunsState
from ticketdesk.state.settings.rule_trial import RuleTrialState
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep
from ticketdesk.state.toasts import ToastState

_PARTS = ("name", "triggers", "passed", "conditions", "actions")


class RulesState(SettingsForm, rx.State):
    """The rules in the order in which they run, and the one in the editor."""

    rows: list[dict[str, Any]] = []
    starters: list[dict[str, str]] = []
    words: dict[str, Any] = {}
    edited: str = ""
    rule: dict[str, Any] = {}

    async def _begin(self) -> None:
        self.words = await call(self, settings_rules.vocabulary)
        await self._show()
        begin = await call(self, starters.list_starters)
        self.starters = [
            {"key": one.key, "title": one.title, "words": one.explanation, "needs": one.needs}
            for one in begin
        ]
        await self._open("", {})
        await (await self.get_state(RuleRunsState))._stops()

    async def _show(self) -> None:
        self.rows = [_row(rule) for rule in await call(self, manage.list_all)]

    async def _open(self, rule_id: str, rule: dict[str, Any]) -> None:
        self.edited, self.rule, self.problems = rule_id, rule, {}
        self.saved += 1
        (await self.get_state(RuleTrialState))._forget()

    @rx.event
    async def edit(self, rule_id: str) -> None:
        """Put a rule into the editor."""
        found = await call(self, manage.get, text(rule_id, 100))
        self._version = found.version
        wire = found.wire()
        await self._open(found.id, {name: wire[name] for name in _PARTS})

    @rx.event
    async def begin(self, key: str) -> None:
        """Put a rule to begin with into the editor."""
        wanted = text(key, 100)
        found = await call(self, starters.list_starters)
        await self._open("", next((one.rule for one in found if one.key == wanted), {}))

    @rx.event
    async def leave(self) -> None:
        """Leave a rule as it is."""
        await self._open("", {})

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Make a rule, still off, or change the one in the editor."""
        words = "Rule saved" if self.edited else "Rule made. It is off: switch it on when ready"
        saved = await keep(self, self._save(form_values(values)), words)
        if not saved:
            return
        await self._show()
        await self._open("", {})
        if saved.circles:
            (await self.get_state(ToastState))._add(_circle(saved), "error")

    async def _save(self, given: dict[str, Any]) -> Saved[RuleView]:
        rule = mapped(given.get("rule", ""))
        if not self.edited:
            command = RuleInput.parse(rule | {"isActive": False})
            return await call(self, saving, "rule", "", manage.create, command)
        # The whole is checked first, so that errors stand at the same places as for a new one.
        RuleInput.parse(rule)
        patch = RulePatch.parse(rule)
        edited, version = self.edited, self._version
        return await call(self, saving, "rule", "", manage.change, edited, patch, version=version)

    def _typed(self, given: dict[str, Any]) -> dict[str, Any]:
        return mapped(given.get("rule", ""))

    @rx.event
    async def switch(self, rule_id: str, on: bool) -> None:
        """Turn a rule on or off."""
        patch = RulePatch(is_active=flag(on))
        switching = call(self, saving, "rule", "", manage.change, text(rule_id, 100), patch)
        await keep(self, switching, "Rule is on" if flag(on) else "Rule is off")
        await self._show()

    @rx.event
    async def place(self, rule_id: str, position: int) -> None:
        """Run a rule at another place, counted from 0."""
        order = moved([row["id"] for row in self.rows], text(rule_id, 100), position)
        if order:
            moving = call(self, saving, "rule", "", manage.reorder, order)
            await keep(self, moving, "Order changed")
            await self._show()

    @rx.event
    async def delete(self, rule_id: str) -> None:
        """Delete a rule."""
        deleting = call(self, saving, "rule", "", manage.delete, text(rule_id, 100))
        await keep(self, deleting, "Rule deleted")
        await self._show()
        await self._open("", {})


def _row(rule: RuleView) -> dict[str, Any]:
    times = "once" if rule.run_count == 1 else f"{rule.run_count:,} times"
    return {
        "id": rule.id,
        "name": rule.name,
        "active": rule.is_active,
        "words": f"Ran {times} in 90 days" if rule.run_count else "Has not run yet",
        "last": rule.last_run_at.isoformat() if rule.last_run_at else "",
        "problem": " ".join([*rule.problems, rule.last_problem, _circle(rule)]).strip(),
    }


def _circle(rule: RuleView) -> str:
    """Say with which others a rule would go round in circles, if with any."""
    if not rule.circles:
        return ""
    others = [name for name in rule.circles if name != rule.name]
    whom = f"It and {', '.join(others)} set" if others else "It sets"
    whose = "each other" if others else "itself"
    return f"{whom} {whose} off again and again, until the desk stops them after five rounds."
