"""An invitation that can be withdrawn: as long as its mail waits, and until it is accepted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.models import OutboxEvent, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit, auth, one_time_tokens
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.people.invite import SUBSCRIBER, Invite, invite

WAITS = timedelta(seconds=10)
"""How long the mail of an invitation waits: as long as the message with Undo is on screen."""

_KEPT = ("name", "role", "is_active")


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, and what was there before; `before` None when nobody was."""

    user_id: str
    name: str
    before: dict[str, Any] | None


def invite_revocably(session: Session, actor: Actor, command: Invite) -> Invited:
    """Invite somebody; the mail waits ten seconds. Raises what `invite` does."""
    actor.require(UserRole.ADMIN)
    known = session.exec(
        select(User).where(
            User.organization_id == actor.organization_id, User.email == command.email
        )
    ).first()
    before = {name: getattr(known, name) for name in _KEPT} if known else None
    made = invite(session, actor, command, delay=WAITS)
    return Invited(made.id, made.name, before)


def withdraw(session: Session, actor: Actor, invited: Invited) -> str:
    """Take an invitation back and return a sentence; a link that is out already opens nothing.

    Whoever was not known before is not known afterwards; a customer is a customer again.

    Raises:
        Conflict: they have accepted, or there is no such invitation any more.
    """
    actor.require(UserRole.ADMIN)
    user = session.exec(
        select(User)
        .where(User.organization_id == actor.organization_id, User.id == invited.user_id)
        .with_for_update()
    ).first()
    if user is None or not user.is_active:
        raise Conflict("This invitation was withdrawn before.")
    came_in = invited.before is None and user.last_seen_at is not None
    if came_in or not one_time_tokens.is_open(session, user.id, TokenKind.INVITATION):
        raise Conflict(f"{user.name} has accepted already. Deactivate them instead.")
    waited = _stop_mail(session, actor, user)
    one_time_tokens.forget(session, user.id)
    auth.revoke_all(session, user.id)
    audit.record(
        session,
        actor,
        "member.invitation_withdrawn",
        subject_id=user.id,
        subject_name=user.name,
        before={"email": user.email, "role": str(user.role)},
    )
    if invited.before is None:
        session.delete(user)
    else:
        for name, value in invited.before.items():
            setattr(user, name, value)
        user.version += 1
        session.add(user)
    session.flush()
    if waited:
        return f"{invited.name} is not invited; no mail left"
    return f"{invited.name} is not invited any more; the link in their mail opens nothing"


def _stop_mail(session: Session, actor: Actor, user: User) -> bool:
    """Take the promised mails back; False when one of them has left, or is leaving now."""
    promised = session.exec(
        select(OutboxEvent.id).where(
            OutboxEvent.organization_id == actor.organization_id,
            OutboxEvent.subscriber == SUBSCRIBER,
            col(OutboxEvent.payload)["userId"].astext == user.id,
        )
    ).all()
    waited = [outbox.cancel(session, each) for each in promised]
    return all(waited)
