"""Teams: agents who share a kind of work."""

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import TenantRow


class Team(TenantRow, table=True):
    """A named group of agents; rules assign within it."""

    __tablename__ = "teams"
    __table_args__ = (Index("teams_name_key", "organization_id", "name", unique=True),)

    name: str
    version: int = 1


class TeamMember(TenantRow, table=True):
    """An agent in a team."""

    __tablename__ = "team_members"
    __table_args__ = (
        Index("team_members_key", "team_id", "user_id", unique=True),
        Index("team_members_user_idx", "user_id"),
    )

    team_id: str = Field(foreign_key="teams.id", ondelete="CASCADE")
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
