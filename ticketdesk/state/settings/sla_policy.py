"""The editor of policies on /app/settings/sla."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.sla import holidays, manage
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import mapped
from ticketdesk.state.settings.saving import JudgedForm, form_values, keep
from ticketdesk.state.settings.sla import SlaState


class SlaPolicyState(JudgedForm, rx.State):
    """The policy in the editor."""

    edited: str = ""
    policy: dict[str, Any] = {}
    read_days: list[dict[str, str]] = []
    reads: int = 0

    def _open(self, policy_id: str, policy: dict[str, Any]) -> None:
        self.edited, self.policy, self.problems = policy_id, policy, {}
        self.saved += 1

    @rx.event
    async def edit(self, policy_id: str) -> None:
        """Put a policy into the editor."""
        found = await call(self, manage.get, text(policy_id, 100))
        self._version = found.version
        said = found.definition.model_dump(mode="json", by_alias=True)
        self._open(found.id, said | {"name": found.name, "isActive": found.is_active})

    @rx.event
    async def leave(self) -> None:
        """Leave a policy as it is."""
        self._open("", {})

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Make a policy, or change the one in the editor."""
        kept = self._save(form_values(values))
        if await keep(self, kept, "Policy saved", page=SlaState):
            self._open("", {})
            await (await self.get_state(SlaState))._show()

    @rx.event
    async def read_calendar(self, content: str) -> None:
        """Read the days off of a calendar's text; they are kept with the policy."""
        calendar = text(content).encode()
        found = await keep(self, call(self, holidays.in_file, calendar), "Calendar read")
        if isinstance(found, list):
            self.saved -= 1
            self.read_days = [{"day": one.day, "name": one.name} for one in found]
            self.reads += 1

    async def _save(self, given: dict[str, Any]) -> Any:
        command = PolicyInput.parse(mapped(given.get("policy", "")))
        if not self.edited:
            return await call(self, saving, "sla_policy", "", manage.create, command)
        policy, version = self.edited, self._version
        return await call(
            self, saving, "sla_policy", "", manage.change, policy, command, version=version
        )

    def _typed(self, given: dict[str, Any]) -> dict[str, Any]:
        return mapped(given.get("policy", ""))
