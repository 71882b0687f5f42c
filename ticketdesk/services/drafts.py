"""Drafts: kept on the server per agent and place, so that nothing typed is ever lost."""

import json
import re
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, Invalid, TooLarge
from ticketdesk.ids import new_id
from ticketdesk.models import Draft
from ticketdesk.models.enums import UserRole

_PLACE = re.compile(r"(?:ticket|chat|template):[A-Za-z0-9_]{1,80}(?::(?:reply|note))?")
_MOST_BYTES = 1_000_000


def save(session: Session, actor: Actor, place: str, content: dict[str, Any]) -> None:
    """Keep what is typed at a place; empty content forgets it.

    Args:
        place: `ticket:{id}:reply`, `ticket:{id}:note`, `ticket:new`, `chat:{id}` or
            `template:{kind}_{language}`.
        content: the editor's fields, JSON values.
    """
    owner = _owner(actor)
    _require_place(place)
    if not any(content.values()):
        discard(session, actor, place)
        return
    if len(json.dumps(content)) > _MOST_BYTES:
        raise TooLarge("This draft is too long to keep; at most 1 MB.")
    now = clock.now()
    session.exec(
        insert(Draft)
        .values(
            id=new_id("draft"),
            created_at=now,
            organization_id=actor.organization_id,
            user_id=owner,
            place=place,
            content=content,
            updated_at=now,
        )
        .on_conflict_do_update(
            index_elements=["user_id", "place"], set_={"content": content, "updated_at": now}
        )
    )


def load(session: Session, actor: Actor, place: str) -> dict[str, Any] | None:
    """Return what the caller has typed at a place, or None."""
    owner = _owner(actor)
    _require_place(place)
    found = session.exec(
        select(Draft.content).where(Draft.user_id == owner, Draft.place == place)
    ).first()
    return dict(found) if found is not None else None


def discard(session: Session, actor: Actor, place: str) -> None:
    """Forget the caller's draft at a place."""
    owner = _owner(actor)
    session.exec(delete(Draft).where(col(Draft.user_id) == owner, col(Draft.place) == place))


def _owner(actor: Actor) -> str:
    actor.require(UserRole.AGENT)
    if actor.user_id is None:
        raise Forbidden("Only members have drafts.")
    return actor.user_id


def _require_place(place: Any) -> None:
    if not isinstance(place, str) or not _PLACE.fullmatch(place):
        raise Invalid("There is no such place for a draft.", fields={"place": "Unknown place."})
