"""/app/settings/sla: what is promised."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import settings_rules
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.sla import holidays, manage
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.state.arguments import flag, text
from ticketdesk.state.session import call
from ticketdesk.state.settings.business_hours import set_options
from ticketdesk.state.settings.order import moved
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

PRIORITIES = ("critical", "urgent", "high", "medium", "low")
_PAUSES = ("WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY")


class SlaState(SettingsForm, rx.State):
    """The promise that holds for every ticket, and the policies that come before it."""

    values: dict[str, Any] = {}
    policies: list[dict[str, Any]] = []
    words: dict[str, Any] = {}
    sets: list[dict[str, str]] = []

    async def _begin(self) -> None:
        await self._show()
        self.words = await call(self, settings_rules.vocabulary)
        self.sets = set_options(await call(self, holidays.sets))

    async def _show(self) -> None:
        page = await self._read_settings()
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

    async def _save(self, given: dict[str, Any]) -> Any:
        times = {name: given.get(f"slaConfig.resolutionTime.{name}", "") for name in PRIORITIES}
        sla = {
            "firstResponseTime": given.get("slaConfig.firstResponseTime", ""),
            "resolutionTime": times,
            "warnMinutes": given.get("slaConfig.warnMinutes", ""),
            "pauseOn": [status for status in _PAUSES if status in given],
        }
        return await self._change({"slaConfig": sla})

    @rx.event
    async def switch(self, policy_id: str, on: bool) -> None:
        """Turn a policy on or off."""
        switching = self._switch(text(policy_id, 100), flag(on))
        await keep(self, switching, "Policy is on" if flag(on) else "Policy is off")
        await self._show()

    async def _switch(self, policy_id: str, on: bool) -> Any:
        policy = await call(self, manage.get, policy_id)
        values = policy.definition.model_dump(mode="json", by_alias=True)
        command = PolicyInput.parse(values | {"name": policy.name, "isActive": on})
        change, version = manage.change, policy.version
        return await call(
            self, saving, "sla_policy", "", change, policy_id, command, version=version
        )

    @rx.event
    async def place(self, policy_id: str, position: int) -> None:
        """Try a policy at another place, counted from 0."""
        order = moved([row["id"] for row in self.policies], text(policy_id, 100), position)
        if order:
            moving = call(self, saving, "sla_policy", "", manage.reorder, order)
            await keep(self, moving, "Order changed")
            await self._show()

    @rx.event
    async def delete(self, policy_id: str) -> None:
        """Delete a policy."""
        deleting = call(self, saving, "sla_policy", "", manage.delete, text(policy_id, 100))
        await keep(self, deleting, "Policy deleted")
        await self._show()


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
