"""Where a list begins: the address it has, or the one it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.services.desk import query as address
from ticketdesk.services.desk.views import TITLES
from ticketdesk.services.library import saved_views

DEFAULT_VIEW = "defaultView"
"""The preference: the word of a standing view or the identifier of a saved one."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The title of a list, the saved view it shows (None: none), and where to go instead."""

    title: str
    saved: dict[str, Any] | None = None
    elsewhere: str = ""


def of(session: Session, actor: Actor, query: Mapping[str, str]) -> Opening:
    """Return what a list with this query (as `query_of` returns it) is.

    An address without parameters stands for the caller's default view, one that only names a saved
    view for that view's filters. A view that is gone leaves its filters behind: they still work.
    """
    actor.require(UserRole.AGENT, writes=False)
    if not query:
        chosen = _default(session, actor)
        if chosen and chosen in TITLES:
            return Opening(TITLES[chosen], elsewhere=address.path({"view": chosen}))
        query = {"saved": chosen} if chosen else query
    view = saved_views.find(session, actor, query["saved"]) if "saved" in query else None
    if view is None:
        # A search that names no view looks at all tickets (`query.filters_of`).
        standing = "everything" if "q" in query and "status" not in query else ""
        return Opening(TITLES.get(query.get("view", standing), TITLES[""]))
    elsewhere = address.path({"saved": view.id} | view.query) if len(query) == 1 else ""
    return Opening(view.title, {"id": view.id, "title": view.title}, elsewhere)


def _default(session: Session, actor: Actor) -> str:
    preferences = session.exec(select(User.preferences).where(User.id == actor.user_id)).first()
    chosen = (preferences or {}).get(DEFAULT_VIEW)
    return chosen if isinstance(chosen, str) else ""
