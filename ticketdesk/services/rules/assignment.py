"""Whose turn it is: round robin and least loaded, fair when many tickets come at once.

Only agents who are active, available, within their working hours and under their capacity are
asked. A row per group of agents is locked until the transaction ends: the next assignment sees what
this one decided.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.ids import new_id
from ticketdesk.models import AssignmentTurn, TeamMember, Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import ACTIVE
from ticketdesk.services.rules.availability import works_now


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent who could take a ticket, with the number of their open ones."""

    user: User
    load: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Whom to choose from: named agents, a team, or every agent and admin when both are empty."""

    agent_ids: tuple[str, ...] = ()
    team_id: str | None = None

    @property
    def digest(self) -> str:
        """What tells the turns of one pool from those of another."""
        names = "\n".join((self.team_id or "", *sorted(set(self.agent_ids))))
        return hashlib.sha256(names.encode()).hexdigest()


def next_in_turn(session: Session, ticket: Ticket, pool: Pool) -> User | None:
    """Return the agent whose turn it is and remember it; None when nobody can take it."""
    turn = _lock(session, ticket.organization_id, pool)
    free = sorted(_candidates(session, ticket, pool), key=lambda one: one.user.id)
    if not free:
        return None
    last = turn.last_user_id or ""
    chosen = next((one for one in free if one.user.id > last), free[0]).user
    turn.last_user_id = chosen.id
    session.add(turn)
    return chosen


def least_loaded(session: Session, ticket: Ticket, pool: Pool) -> User | None:
    """Return the agent with the fewest open tickets; of equals, whoever waited longest."""
    _lock(session, ticket.organization_id, pool)
    free = _candidates(session, ticket, pool)
    if not free:
        return None
    newest = dict(
        session.exec(
            select(Ticket.assigned_to_id, func.max(Ticket.assigned_at))
            .where(
                Ticket.organization_id == ticket.organization_id,
                col(Ticket.assigned_to_id).in_([one.user.id for one in free]),
                col(Ticket.status).in_(ACTIVE),
            )
            .group_by(col(Ticket.assigned_to_id))
        ).all()
    )

    def order(one: Candidate) -> tuple[int, float, str]:
        last = newest.get(one.user.id)
        return one.load, last.timestamp() if last else 0.0, one.user.id

    return min(free, key=order).user


def _lock(session: Session, organization_id: str, pool: Pool) -> AssignmentTurn:
    group = pool.digest
    session.exec(
        insert(AssignmentTurn)
        .values(
            id=new_id("turn"),
            created_at=clock.now(),
            organization_id=organization_id,
            agents=group,
        )
        .on_conflict_do_nothing(index_elements=["organization_id", "agents"])
    )
    return session.exec(
        select(AssignmentTurn)
        .where(AssignmentTurn.organization_id == organization_id, AssignmentTurn.agents == group)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _candidates(session: Session, ticket: Ticket, pool: Pool) -> list[Candidate]:
    query = select(User).where(
        User.organization_id == ticket.organization_id,
        col(User.is_active),
        col(User.is_available),
        col(User.role).in_([UserRole.AGENT, UserRole.ADMIN]),
    )
    if pool.agent_ids:
        query = query.where(col(User.id).in_(pool.agent_ids))
    if pool.team_id:
        members = select(TeamMember.user_id).where(TeamMember.team_id == pool.team_id)
        query = query.where(col(User.id).in_(members))
    people = [user for user in session.exec(query) if works_now(user)]
    loads = dict(
        session.exec(
            select(Ticket.assigned_to_id, func.count())
            .where(
                Ticket.organization_id == ticket.organization_id,
                col(Ticket.assigned_to_id).in_([user.id for user in people]),
                col(Ticket.status).in_(ACTIVE),
                Ticket.id != ticket.id,
            )
            .group_by(col(Ticket.assigned_to_id))
        ).all()
    )
    found = [Candidate(user, loads.get(user.id, 0)) for user in people]
    return [one for one in found if one.user.capacity is None or one.load < one.user.capacity]
