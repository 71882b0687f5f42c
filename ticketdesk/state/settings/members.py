"""/app/settings/members: who works here."""

from typing import Any

import reflex as rx

from ticketdesk.models.enums import UserRole
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.people import change, directory, invite, inviting
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.services.people.invite import Invite
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep


class MembersState(SettingsForm, rx.State):
    """The members, and whoever is about to be let go."""

    rows: list[dict[str, Any]] = []
    heirs: list[dict[str, Any]] = []
    leaving: dict[str, str] = {"id": "", "name": ""}

    async def _show(self) -> None:
        people = await call(self, directory.list_colleagues)
        self.rows = [_row(person) for person in people]
        self.heirs = [{"value": "", "label": "Nobody"}] + [
            {"value": p.id, "label": p.name, "glyph": f"person:{p.name}"}
            for p in people
            if p.is_active and p.id != self.leaving["id"]
        ]

    @rx.event
    async def invite(self, values: dict[str, Any]) -> None:
        """Send an invitation."""
        sent = self._save(form_values(values))
        if await keep(self, sent, "Invitation sent", undo=lambda made: ("invitation", made)):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        wanted = {name: given.get(name, "") for name in ("name", "email", "role")}
        return await call(self, inviting.invite_revocably, Invite.parse(wanted))

    @rx.event
    async def invite_again(self, user_id: str) -> None:
        """Send a fresh invitation."""
        sending = call(self, invite.invite_again, text(user_id, 100))
        await keep(self, sending, "Invitation sent again")

    @rx.event
    async def set_role(self, user_id: str, role: str) -> None:
        """Give a member another role; their sessions end."""
        command = UpdateMember.parse({"role": text(role, 20)})
        await self._update(text(user_id, 100), command, "Role changed; they sign in again")

    @rx.event
    async def set_available(self, user_id: str, available: bool) -> None:
        """Say whether a member gets new tickets by rule."""
        command = UpdateMember(is_available=available is True)
        await self._update(text(user_id, 100), command, "Availability changed")

    async def _update(self, user_id: str, command: UpdateMember, words: str) -> None:
        updating = call(self, saving, "member", user_id, change.update, user_id, command)
        await keep(self, updating, words)
        await self._show()

    @rx.event
    async def ask(self, user_id: str, name: str) -> None:
        """Ask who takes the tickets of a member who leaves."""
        self.leaving = {"id": text(user_id, 100), "name": text(name, 200)}
        await self._show()

    @rx.event
    async def deactivate(self, values: dict[str, Any]) -> None:
        """Let the member go and hand over their tickets."""
        heir = form_values(values).get("heir", "") or None
        leaver, name = self.leaving["id"], self.leaving["name"]
        letting = call(self, change.deactivate, leaver, hand_over_to=heir)
        undo = lambda _gone: ("deactivation", leaver)  # noqa: E731
        if await keep(self, letting, f"{name} is deactivated", undo=undo):
            self.leaving = {"id": "", "name": ""}
        await self._show()

    @rx.event
    async def stay(self) -> None:
        """Do not let anybody go."""
        self.leaving = {"id": "", "name": ""}

    @rx.event
    async def reactivate(self, user_id: str) -> None:
        """Let a member back in."""
        await keep(self, call(self, change.reactivate, text(user_id, 100)), "Member is back")
        await self._show()


def _row(person: directory.ColleagueView) -> dict[str, Any]:
    state = "Deactivated" if not person.is_active else "Invited" if person.is_invited else ""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "role": str(person.role),
        "active": person.is_active,
        "invited": person.is_invited,
        "available": person.is_available,
        "state": state,
        "work": _work(person),
        "factor": person.has_second_factor,
        "admin": person.role == UserRole.ADMIN,
    }


def _work(person: directory.ColleagueView) -> str:
    """What differs from everybody: ' · at most 10 open · own hours'."""
    most = f" · at most {person.capacity} open" if person.capacity else ""
    return most + (" · own hours" if person.working_hours else "")
