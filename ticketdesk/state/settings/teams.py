"""/app/settings/teams: agents who share a kind of work."""

from typing import Any

import reflex as rx

from ticketdesk.services import members, teams
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.teams import TeamInput
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_NONE: dict[str, Any] = {"id": "", "name": "", "members": []}


class TeamsState(SettingsForm, rx.State):
    """The teams, and the one that is being edited."""

    rows: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    edited: dict[str, Any] = _NONE
    _versions: dict[str, int] = {}

    async def _begin(self) -> None:
        # Agents know the teams, too; this page, which changes them, is for admins.
        await self._read_settings()
        agents = await call(self, members.agents)
        self.people = [
            {"value": a.id, "label": a.name, "glyph": f"person:{a.name}"} for a in agents
        ]
        self.edited = _NONE
        await self._show()

    async def _show(self) -> None:
        names = {person["value"]: person["label"] for person in self.people}
        found = await call(self, teams.list_all)
        self._versions = {team.id: team.version for team in found}
        self.rows = [
            {
                "id": team.id,
                "name": team.name,
                "members": team.member_ids,
                "words": ", ".join(names.get(m, "somebody") for m in team.member_ids)
                or "Nobody yet",
            }
            for team in found
        ]

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Make or change a team."""
        if await keep(self, self._save(form_values(values)), "Team saved"):
            self.edited = _NONE
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        command = TeamInput.parse(
            {"name": given.get("name", ""), "memberIds": given.get("memberIds", [])}
        )
        team_id = self.edited["id"]
        if not team_id:
            return await call(self, saving, "team", "", teams.create, command)
        version = self._versions.get(team_id, 0)
        return await call(self, saving, "team", "", teams.update, team_id, command, version)

    @rx.event
    async def edit(self, team_id: str) -> None:
        """Put a team into the form."""
        wanted = text(team_id, 100)
        self.edited = next((row for row in self.rows if row["id"] == wanted), _NONE)
        self.problems = {}
        self.saved += 1

    @rx.event
    async def leave(self) -> None:
        """Leave a team as it is."""
        self.edited, self.problems = _NONE, {}
        self.saved += 1

    @rx.event
    async def delete(self, team_id: str) -> None:
        """Dissolve a team."""
        deleting = call(self, saving, "team", "", teams.delete_team, text(team_id, 100))
        await keep(self, deleting, "Team deleted")
        self.edited = _NONE
        await self._show()
