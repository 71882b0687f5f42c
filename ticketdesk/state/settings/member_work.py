"""When a member works and how much they can take, on the page of members."""

from typing import Any

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.people import change, directory
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.services.sla import holidays
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.business_hours import set_options
from ticketdesk.state.settings.given import mapped
from ticketdesk.state.settings.members import MembersState
from ticketdesk.state.settings.saving import JudgedForm, form_values, keep


class MemberWorkState(JudgedForm, rx.State):
    """The member in the form; `member` '' while there is none."""

    member: str = ""
    name: str = ""
    capacity: str = ""
    hours: dict[str, Any] = {}
    sets: list[dict[str, str]] = []

    @rx.event
    async def edit(self, user_id: str) -> None:
        """Put a member into the form."""
        wanted = text(user_id, 100)
        people = await call(self, directory.list_colleagues)
        person = next((one for one in people if one.id == wanted), None)
        if person is None:
            raise NotFound("There is no such member.")
        self.sets = set_options(await call(self, holidays.sets))
        self.member, self.name, self._version = person.id, person.name, person.version
        self.capacity, self.hours = str(person.capacity or ""), person.working_hours
        self.problems, self.saved = {}, self.saved + 1

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep hours and capacity; rules that assign heed them at once."""
        words = f"Work of {self.name} saved"
        if await keep(self, self._save(form_values(values)), words, page=MembersState):
            self.member = ""
            members = await self.get_state(MembersState)
            await members._show()

    @rx.event
    async def leave(self) -> None:
        """Leave the member as they were."""
        self.member, self.problems = "", {}

    async def _save(self, given: dict[str, Any]) -> Any:
        typed = text(given.get("capacity", ""), 20).strip()
        hours = mapped(given.get("hours", "")) or None
        command = UpdateMember.parse(
            {"capacity": int(typed) if typed.isdecimal() else typed or None, "workingHours": hours}
        )
        update, version = change.update, self._version
        return await call(
            self, saving, "member", self.member, update, self.member, command, version=version
        )
