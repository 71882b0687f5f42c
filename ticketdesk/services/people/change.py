"""Changing a member: role, name, capacity, working hours; and letting one go."""

from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, func, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound, Stale
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import ACTIVE
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.models.wire import Command
from ticketdesk.services import audit, auth, one_time_tokens
from ticketdesk.services.members import MemberView, member_view
from ticketdesk.services.tickets.assign import apply_assignment, resolve_assignee
from ticketdesk.services.tickets.commands import Name
from ticketdesk.services.tickets.touch import touch

HAND_OVER = "people.hand_over"
BATCH = 100


class UpdateMember(Command):
    """A partial change of a member."""

    name: Name | None = None
    role: UserRole | None = None
    is_available: bool | None = None
    capacity: Annotated[int, Field(ge=1, le=10_000)] | None = None
    working_hours: BusinessHours | None = None
    company: Annotated[str, Field(max_length=200)] | None = None
    manages_company: bool | None = None


def update(
    session: Session,
    actor: Actor,
    user_id: str,
    command: UpdateMember,
    *,
    version: int | None = None,
) -> MemberView:
    """Change a member; a change of role ends their sessions.

    Agents may change their own availability and nothing else.

    Raises:
        NotFound: no such member.
        Conflict: the last admin would lose the role.
        Stale: somebody changed the member since `version`.
    """
    own = user_id == actor.user_id and command.model_fields_set <= {"is_available"}
    actor.require(UserRole.AGENT if own else UserRole.ADMIN)
    user = _find(session, actor, user_id, version)
    before = _facts(user)
    if command.role is not None and command.role != user.role:
        if user.role == UserRole.ADMIN and user.is_active:
            require_another_admin(session, actor.organization_id, than=user)
        user.role = command.role
        auth.revoke_all(session, user.id)
    if "working_hours" in command.model_fields_set:
        hours = command.working_hours
        user.working_hours = hours.model_dump(mode="json", by_alias=True) if hours else {}
    for name in command.model_fields_set - {"role", "working_hours"}:
        value = getattr(command, name)
        if value is not None or name in ("capacity", "company"):
            setattr(user, name, value)
    user.version += 1
    session.add(user)
    was, now = audit.differences(before, _facts(user))
    if was or now:
        audit.record(
            session,
            actor,
            "member.changed",
            subject_id=user.id,
            subject_name=user.name,
            before=was,
            after=now,
        )
    session.flush()
    return member_view(user)


def deactivate(
    session: Session, actor: Actor, user_id: str, *, hand_over_to: str | None = None
) -> MemberView:
    """Let a member go: no more sign-in, sessions over, open tickets handed over by a job.

    Args:
        hand_over_to: the agent who gets the open tickets; None leaves them unassigned.

    Raises:
        NotFound: no such member or agent.
        Conflict: the last admin, oneself, or somebody who is gone already.
        Invalid: the tickets would go to the one who leaves.
    """
    actor.require(UserRole.ADMIN)
    user = _find(session, actor, user_id, None)
    if user.id == actor.user_id:
        raise Conflict("You cannot deactivate yourself.")
    if not user.is_active:
        raise Conflict(f"{user.name} is deactivated already.")
    if hand_over_to == user.id:
        raise Invalid("Choose somebody else.", fields={"handOverTo": "Choose somebody else."})
    resolve_assignee(session, actor, hand_over_to)
    if user.role == UserRole.ADMIN and user.is_active:
        require_another_admin(session, actor.organization_id, than=user)
    user.is_active = False
    user.version += 1
    session.add(user)
    auth.revoke_all(session, user.id)
    one_time_tokens.forget(session, user.id)
    outbox.put(
        session,
        user.organization_id,
        HAND_OVER,
        {"fromId": user.id, "toId": hand_over_to, "byId": actor.user_id},
    )
    audit.record(
        session,
        actor,
        "member.deactivated",
        subject_id=user.id,
        subject_name=user.name,
        after={"handOverTo": hand_over_to},
    )
    session.flush()
    return member_view(user)


def reactivate(
    session: Session, actor: Actor, user_id: str, *, only_if_gone: bool = False
) -> MemberView:
    """Let a member back in.

    Raises:
        NotFound: no such member.
        Conflict: they are back already, and that matters.
    """
    actor.require(UserRole.ADMIN)
    user = _find(session, actor, user_id, None)
    if only_if_gone and user.is_active:
        raise Conflict(f"{user.name} is back already.")
    user.is_active = True
    user.version += 1
    session.add(user)
    audit.record(session, actor, "member.reactivated", subject_id=user.id, subject_name=user.name)
    session.flush()
    return member_view(user)


def hand_over(session: Session, actor: Actor, from_id: str, to_id: str | None) -> bool:
    """Reassign the next 100 open tickets of a member; True when none is left.

    Running twice does nothing twice: what was handed over is no longer theirs. It ends when the
    member is let back in meanwhile.
    """
    actor.require(UserRole.ADMIN)
    leaver = session.exec(
        select(User)
        .where(User.organization_id == actor.organization_id, User.id == from_id)
        .with_for_update(read=True)
    ).first()
    if leaver is not None and leaver.is_active:
        return True
    heir = resolve_assignee(session, actor, to_id)
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            Ticket.assigned_to_id == from_id,
            col(Ticket.status).in_(ACTIVE),
        )
        .order_by(col(Ticket.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for ticket in tickets:
        if apply_assignment(session, actor, ticket, heir):
            touch(session, ticket)
    return len(tickets) < BATCH


def _find(session: Session, actor: Actor, user_id: str, version: int | None) -> User:
    user = session.exec(
        select(User)
        .where(User.organization_id == actor.organization_id, User.id == user_id)
        .with_for_update()
    ).first()
    if user is None:
        raise NotFound("There is no such member.")
    if version is not None and version != user.version:
        raise Stale("Somebody else changed this member meanwhile. Load them again.")
    return user


def require_another_admin(
    session: Session, organization_id: str, *, than: User | None = None
) -> None:
    """Refuse to leave an organization without an admin who can sign in.

    Args:
        than: the one who is going to be none.

    Raises:
        Conflict: nobody would be left.
    """
    others = select(func.count()).where(
        User.organization_id == organization_id,
        User.role == UserRole.ADMIN,
        col(User.is_active),
        col(User.password_hash).is_not(None),
    )
    if than:
        others = others.where(User.id != than.id)
    if not session.exec(others).one():
        name = than.name if than else "This"
        raise Conflict(f"{name} is the last admin. Make somebody else admin first.")


def _facts(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": str(user.role),
        "isAvailable": user.is_available,
        "capacity": user.capacity,
        "workingHours": user.working_hours,
        "company": user.company,
        "managesCompany": user.manages_company,
    }
