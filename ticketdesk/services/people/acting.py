"""A member as the actor of a job that goes on with what they began."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor, ActorKind
from ticketdesk.models import BulkAction, User
from ticketdesk.models.enums import UserRole


def member(session: Session, actor: Actor, user_id: str | None) -> Actor | None:
    """Return an active member as actor, with the role they have now; None when they are gone."""
    actor.require(UserRole.ADMIN)
    user = session.exec(
        select(User).where(
            User.organization_id == actor.organization_id,
            User.id == (user_id or ""),
            col(User.is_active),
        )
    ).first()
    if user is None:
        return None
    return Actor(
        ActorKind.USER,
        user.organization_id,
        user.name,
        role=user.role,
        user_id=user.id,
        email=user.email,
    )


def owner_of_bulk(session: Session, actor: Actor, bulk_id: str) -> Actor | None:
    """Return whoever began a bulk action."""
    row = session.exec(
        select(BulkAction.performed_by_id).where(
            BulkAction.organization_id == actor.organization_id, BulkAction.id == bulk_id
        )
    ).first()
    return member(session, actor, row) if row else None
