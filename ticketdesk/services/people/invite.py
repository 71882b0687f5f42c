"""Inviting a member by mail, and accepting."""

from datetime import timedelta

from pydantic import Field
from sqlmodel import Session, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command
from ticketdesk.services import audit, auth, one_time_tokens
from ticketdesk.services.members import MemberView, member_view
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.sealing import seal
from ticketdesk.services.secrets import hash_password
from ticketdesk.services.tickets.commands import Email, Name

SUBSCRIBER = "mail.invitation"


class Invite(Command):
    """Whom to invite and as what."""

    email: Email
    name: Name
    role: UserRole = Field(default=UserRole.AGENT)


def invite(
    session: Session, actor: Actor, command: Invite, *, delay: timedelta = timedelta(0)
) -> MemberView:
    """Make a member without a password and send the link with which they choose one.

    Somebody who was a customer until now works here only once they accepted: where they are signed
    in as a customer, they are signed out.

    Args:
        delay: how long the mail waits before it leaves.

    Raises:
        Conflict: the address is a member's who has come in already.
    """
    actor.require(UserRole.ADMIN)
    user = session.exec(
        select(User)
        .where(User.organization_id == actor.organization_id, User.email == command.email)
        .with_for_update()
    ).first()
    if user and user.is_active and _has_come_in(user):
        message = f"{command.email} is a member already."
        raise Conflict(message, fields={"email": message})
    if user is None:
        user = User(
            id=new_id("user"),
            organization_id=actor.organization_id,
            email=command.email,
            name=command.name,
        )
    if user.role != command.role:
        auth.revoke_all(session, user.id)
    user.name, user.role, user.is_active = command.name, command.role, True
    session.add(user)
    session.flush()
    _send(session, user, delay)
    audit.record(
        session,
        actor,
        "member.invited",
        subject_id=user.id,
        subject_name=user.name,
        after={"email": user.email, "role": str(user.role)},
    )
    return member_view(user)


def invite_again(session: Session, actor: Actor, user_id: str) -> None:
    """Send a fresh link; the old one stops working.

    Raises:
        NotFound: no member of this organization who still has to accept.
    """
    actor.require(UserRole.ADMIN)
    user = session.exec(
        select(User).where(User.organization_id == actor.organization_id, User.id == user_id)
    ).first()
    if user is None or user.password_hash or not user.is_active:
        raise NotFound("There is no open invitation.")
    _send(session, user)


def accept(session: Session, token: str, password: str) -> str:
    """Choose a password with an invitation's link and return the member's address.

    Args:
        session: a session of the system role.

    Raises:
        NotFound: the link does not work any more.
        Invalid: the password is too short or too long.
    """
    hashed = hash_password(password)
    user = one_time_tokens.holder(session, token, TokenKind.INVITATION, use=True)
    user.password_hash = hashed
    user.email_verified_at = clock.now()
    session.add(user)
    himself = Actor(ActorKind.USER, user.organization_id, user.name, user_id=user.id)
    audit.record(session, himself, "member.accepted", subject_id=user.id, subject_name=user.name)
    session.flush()
    return user.email


def _has_come_in(user: User) -> bool:
    """A customer without a password is known, but has never chosen to be a member."""
    was_let_in = user.role != UserRole.CUSTOMER and user.email_verified_at is not None
    return user.password_hash is not None or was_let_in


def _send(session: Session, user: User, delay: timedelta = timedelta(0)) -> None:
    token = one_time_tokens.issue(session, user, TokenKind.INVITATION)
    outbox.put(
        session,
        user.organization_id,
        SUBSCRIBER,
        {"userId": user.id, "sealedToken": seal(token)},
        delay=delay,
    )
