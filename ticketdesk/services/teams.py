"""Teams: made, filled, dissolved by admins; read by agents."""

from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, delete, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound, Stale
from ticketdesk.ids import new_id
from ticketdesk.models import Team, TeamMember, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services import audit
from ticketdesk.services.tickets.commands import Name, Reference

_MOST = 200


class TeamInput(Command):
    """A name and its agents."""

    name: Name
    member_ids: Annotated[list[Reference], Field(max_length=500)] = Field(default_factory=list)


class TeamView(View):
    """A team with the identifiers of its agents."""

    id: str
    name: str
    member_ids: list[str]
    version: int


def list_all(session: Session, actor: Actor) -> list[TeamView]:
    """Return the teams by name."""
    actor.require(UserRole.AGENT, writes=False)
    teams = session.exec(
        select(Team)
        .where(Team.organization_id == actor.organization_id)
        .order_by(col(Team.name))
        .limit(_MOST)
    ).all()
    members: dict[str, list[str]] = {team.id: [] for team in teams}
    for row in session.exec(select(TeamMember).where(col(TeamMember.team_id).in_(list(members)))):
        members[row.team_id].append(row.user_id)
    return [_view(team, members[team.id]) for team in teams]


def create(session: Session, actor: Actor, command: TeamInput) -> TeamView:
    """Make a team.

    Raises:
        Conflict: the name is taken.
        NotFound: a member is no agent of this organization.
    """
    actor.require(UserRole.ADMIN)
    team = Team(id=new_id("team"), organization_id=actor.organization_id, name="")
    view = _write(session, actor, team, command)
    audit.record(
        session,
        actor,
        "team.created",
        subject_id=team.id,
        subject_name=team.name,
        after={"memberIds": view.member_ids},
    )
    return view


def update(
    session: Session, actor: Actor, team_id: str, command: TeamInput, version: int
) -> TeamView:
    """Rename a team or change its agents; the same refusals as `create`, and Stale."""
    actor.require(UserRole.ADMIN)
    team = _find(session, actor, team_id)
    if team.version != version:
        raise Stale("Somebody else changed the team meanwhile. Load it again.")
    before = {"name": team.name, "memberIds": _members(session, team)}
    team.version += 1
    view = _write(session, actor, team, command)
    was, now = audit.differences(before, {"name": view.name, "memberIds": view.member_ids})
    audit.record(
        session,
        actor,
        "team.changed",
        subject_id=team.id,
        subject_name=team.name,
        before=was,
        after=now,
    )
    return view


def delete_team(session: Session, actor: Actor, team_id: str) -> None:
    """Dissolve a team; its agents stay."""
    actor.require(UserRole.ADMIN)
    team = _find(session, actor, team_id)
    audit.record(session, actor, "team.deleted", subject_id=team.id, subject_name=team.name)
    session.delete(team)
    session.flush()


def _find(session: Session, actor: Actor, team_id: str) -> Team:
    team = session.exec(
        select(Team)
        .where(Team.organization_id == actor.organization_id, Team.id == team_id)
        .with_for_update()
    ).first()
    if team is None:
        raise NotFound("There is no such team.")
    return team


def _write(session: Session, actor: Actor, team: Team, command: TeamInput) -> TeamView:
    taken = session.exec(
        select(Team.id).where(
            Team.organization_id == actor.organization_id,
            Team.name == command.name,
            Team.id != team.id,
        )
    ).first()
    if taken:
        raise Conflict(f"There is a team {command.name!r} already.", fields={"name": "Taken."})
    wanted = list(dict.fromkeys(command.member_ids))
    known = session.exec(
        select(User.id).where(
            User.organization_id == actor.organization_id,
            col(User.id).in_(wanted),
            col(User.role) != UserRole.CUSTOMER,
        )
    ).all()
    if len(known) < len(wanted):
        message = "A member is no agent of this organization."
        raise NotFound(message, fields={"memberIds": message})
    team.name = command.name
    session.add(team)
    session.flush()
    session.exec(delete(TeamMember).where(col(TeamMember.team_id) == team.id))
    for user_id in wanted:
        session.add(
            TeamMember(
                id=new_id("member"),
                organization_id=team.organization_id,
                team_id=team.id,
                user_id=user_id,
            )
        )
    session.flush()
    return _view(team, wanted)


def _members(session: Session, team: Team) -> list[str]:
    return list(session.exec(select(TeamMember.user_id).where(TeamMember.team_id == team.id)).all())


def _view(team: Team, member_ids: list[str]) -> TeamView:
    return TeamView(id=team.id, name=team.name, member_ids=member_ids, version=team.version)
