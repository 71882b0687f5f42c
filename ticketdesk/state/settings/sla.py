"""/app/settings/sla: what is promised, and the calculator that explains it."""

from dataclasses import asdict
from typing import Any

import reflex as rx

from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page, settings_rules, settings_sla
from ticketdesk.services.sla import holidays, manage
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.state.arguments import flag, text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.business_hours import set_options
from ticketdesk.state.settings.order import moved
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch

PRIORITIES = ("critical", "urgent", "high", "medium", "low")
_PAUSES = ("WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY")


class SlaState(rx.State):
    """The promise that holds for every ticket, and the policies that come before it."""

    phase: str = "loading"
    values: dict[str, Any] = {}
    policies: list[dict[str, Any]] = []
    words: dict[str, Any] = {}
    sets: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the promise and the policies."""
        await self._show()
        self.words = await call(self, settings_rules.vocabulary)
        self.sets = set_options(await call(self, holidays.sets))
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(page.version != self._version)
        self._version = page.version
        sla = page.values["slaConfig"]
        self.values = {
            "first": sla["firstResponseTime"],
            "warn": sla["warnMinutes"],
            "hours": "in business hours" if sla["businessHours"] else "round the clock",
            **{f"resolution.{name}": sla["resolutionTime"][name] for name in PRIORITIES},
            **{status: status in sla["pauseOn"] for status in _PAUSES},
        }
        self.policies = [_row(policy) for policy in await call(self, manage.list_all)]

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the promise."""
        if await keep(self, self._save(form_values(values)), "Promise saved"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> None:
        times = {name: given.get(f"slaConfig.resolutionTime.{name}", "") for name in PRIORITIES}
        sla = {
            "firstResponseTime": given.get("slaConfig.firstResponseTime", ""),
            "resolutionTime": times,
            "warnMinutes": given.get("slaConfig.warnMinutes", ""),
            "pauseOn": [status for status in _PAUSES if status in given],
        }
        await call(self, ticket_settings.change, {"slaConfig": sla}, version=self._version)

    @rx.event
    async def switch(self, policy_id: str, on: bool) -> None:
        """Turn a policy on or off."""
        saving = self._switch(text(policy_id, 100), flag(on))
        await keep(self, saving, "Policy is on" if flag(on) else "Policy is off")
        await self._show()

    async def _switch(self, policy_id: str, on: bool) -> Any:
        policy = await call(self, manage.get, policy_id)
        values = policy.definition.model_dump(mode="json", by_alias=True)
        command = PolicyInput.parse(values | {"name": policy.name, "isActive": on})
        return await call(self, manage.change, policy_id, command, version=policy.version)

    @rx.event
    async def place(self, policy_id: str, position: int) -> None:
        """Try a policy at another place, counted from 0."""
        order = moved([row["id"] for row in self.policies], text(policy_id, 100), position)
        if order:
            await keep(self, call(self, manage.reorder, order), "Order changed")
            await self._show()

    @rx.event
    async def delete(self, policy_id: str) -> None:
        """Delete a policy."""
        await keep(self, call(self, manage.delete, text(policy_id, 100)), "Policy deleted")
        await self._show()


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


def _row(policy: manage.PolicyView) -> dict[str, Any]:
    said = policy.definition
    parts = [
        ("first response", said.first_response),
        ("next response", said.next_response),
        ("resolution", said.resolution),
    ]
    return {
        "id": policy.id,
        "name": policy.name,
        "active": policy.is_active,
        "words": ", ".join(name for name, given in parts if given is not None),
    }
