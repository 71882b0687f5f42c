"""Personal things belong to one agent, shared ones to all; only admins change what is shared."""

from typing import Any, TypeVar

from sqlmodel import Session, col, or_, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, NotFound, Stale
from ticketdesk.models.enums import UserRole

Owned = TypeVar("Owned", bound=Any)


def visible(model: Any, actor: Actor) -> Any:
    """Return the query for what the caller may use: theirs and the shared ones."""
    actor.require(UserRole.AGENT, writes=False)
    return select(model).where(
        model.organization_id == actor.organization_id,
        or_(col(model.owner_id).is_(None), col(model.owner_id) == actor.user_id),
    )


def owner_for(actor: Actor, *, shared: bool) -> str | None:
    """Return the owner of a new thing.

    Raises:
        Forbidden: an agent shares something, or an API key keeps something personal.
    """
    actor.require(UserRole.AGENT)
    if shared:
        actor.require(UserRole.ADMIN)
        return None
    if actor.user_id is None:
        raise Forbidden("An API key has nothing of its own; make it shared.")
    return actor.user_id


def changeable(
    session: Session, actor: Actor, model: type[Owned], row_id: str, version: int | None = None
) -> Owned:
    """Return the row, locked, if the caller may change it.

    Raises:
        NotFound: it is not there or another agent's.
        Forbidden: it is shared and the caller is no admin.
        Stale: somebody changed it since `version`.
    """
    actor.require(UserRole.AGENT)
    query = visible(model, actor).where(model.id == row_id).with_for_update()
    row = session.exec(query).first()
    if row is None:
        raise NotFound("This is not there any more.")
    if row.owner_id is None:
        actor.require(UserRole.ADMIN)
    if version is not None and version != row.version:
        raise Stale("Somebody else changed this meanwhile. Load it again.")
    return row
