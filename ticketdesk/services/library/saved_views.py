"""Saved views: a list's filters under a name, personal or shared."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import SavedView
from ticketdesk.models.wire import Command, View
from ticketdesk.realtime_events import RealtimeEvent, collect
from ticketdesk.services.desk.query import checked, filters_of
from ticketdesk.services.library import ownership
from ticketdesk.services.tickets import listing
from ticketdesk.services.tickets.commands import Name
from ticketdesk.services.tickets.filters import TicketFilters

_MOST = 50


class SavedViewInput(Command):
    """A name and the parameters of the list's address (`desk/query.py`)."""

    title: Name
    query: Annotated[dict[str, Any], Field(max_length=20)]
    shared: bool = False


class SavedViewView(View):
    """A saved view; `count` says how many tickets it holds, when asked for.

    None although asked for: a filter of it no longer works.
    """

    id: str
    title: str
    query: dict[str, Any]
    shared: bool
    position: int
    version: int
    count: int | None = None
    count_is_capped: bool = False


def list_all(session: Session, actor: Actor, *, counted: bool = False) -> list[SavedViewView]:
    """Return the shared views and the caller's own, each in their order.

    Args:
        counted: also count what each holds, up to the cap of a list, in one query.
    """
    query = ownership.visible(SavedView, actor).order_by(
        col(SavedView.owner_id).desc().nulls_first(),
        col(SavedView.position),
        col(SavedView.title),
        col(SavedView.id),
    )
    rows = session.exec(query.limit(_MOST)).all()
    if not counted:
        return [_view(row) for row in rows]
    wanted = {row.id: filters for row in rows if (filters := _filters(row)) is not None}
    counts = listing.count_each(session, actor, wanted)
    return [_view(row, counts.get(row.id)) for row in rows]


def find(session: Session, actor: Actor, row_id: str) -> SavedViewView | None:
    """Return a view that the caller may use, or None: deleted, or somebody else's."""
    query = ownership.visible(SavedView, actor).where(SavedView.id == row_id)
    row = session.exec(query).first()
    return _view(row) if row else None


def create(
    session: Session, actor: Actor, command: SavedViewInput, *, position: int | None = None
) -> SavedViewView:
    """Keep a view.

    Args:
        position: where it stands; None is the end.

    Raises:
        Invalid: a filter that does not exist or a search with an error.
        Conflict: more than 50 views.
        Forbidden: an agent who is no admin shares it.
    """
    owner = ownership.owner_for(actor, shared=command.shared)
    query = _working(session, actor, command.query)
    present = session.exec(ownership.visible(SavedView, actor)).all()
    if len(present) >= _MOST:
        raise Conflict(f"At most {_MOST} views. Delete one first.")
    last = max((view.position for view in present), default=0)
    row = SavedView(
        id=new_id("view"),
        organization_id=actor.organization_id,
        owner_id=owner,
        title=command.title,
        query=query,
        position=last + 1 if position is None else position,
    )
    return _kept(session, row)


def rename(session: Session, actor: Actor, row_id: str, title: str, version: int) -> SavedViewView:
    """Give a view another name.

    Raises:
        Stale: somebody changed it since `version`.
    """
    row = ownership.changeable(session, actor, SavedView, row_id, version)
    row.title = SavedViewInput.parse({"title": title, "query": {}}).title
    return _changed(session, row)


def set_query(session: Session, actor: Actor, row_id: str, query: dict[str, Any]) -> SavedViewView:
    """Give a view other filters.

    Raises:
        Invalid: a filter that does not exist or a search with an error.
    """
    row = ownership.changeable(session, actor, SavedView, row_id)
    row.query = _working(session, actor, query)
    return _changed(session, row)


def move(session: Session, actor: Actor, row_id: str, *, up: bool) -> None:
    """Let a view change places with its neighbour; shared and personal ones stand apart."""
    row = ownership.changeable(session, actor, SavedView, row_id)
    siblings = session.exec(
        select(SavedView)
        .where(SavedView.organization_id == actor.organization_id)
        .where(col(SavedView.owner_id).is_not_distinct_from(row.owner_id))
        .order_by(col(SavedView.position), col(SavedView.title), col(SavedView.id))
        .with_for_update()
    ).all()
    order = [view.id for view in siblings]
    at = order.index(row.id)
    to = min(max(at + (-1 if up else 1), 0), len(order) - 1)
    order.insert(to, order.pop(at))
    for view in siblings:
        view.position = order.index(view.id) + 1
        session.add(view)
    session.flush()
    _tell(session, row)


def delete(session: Session, actor: Actor, row_id: str) -> SavedViewView:
    """Forget a view; return what it was, so that it can come back."""
    row = ownership.changeable(session, actor, SavedView, row_id)
    gone = _view(row)
    session.delete(row)
    session.flush()
    _tell(session, row)
    return gone


def _changed(session: Session, row: SavedView) -> SavedViewView:
    row.version += 1
    return _kept(session, row)


def _kept(session: Session, row: SavedView) -> SavedViewView:
    session.add(row)
    session.flush()
    _tell(session, row)
    return _view(row)


def _tell(session: Session, row: SavedView) -> None:
    """Let the sidebars that list the view read again: everybody's, or those of its owner."""
    channels = (f"view:{row.owner_id or row.organization_id}",)
    collect(session, RealtimeEvent("views:changed", row.organization_id, None, channels))


def _working(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Return the query, once the list was able to count what it holds."""
    kept = checked(query)
    listing.count(session, actor, filters_of(kept))
    return kept


def _filters(row: SavedView) -> TicketFilters | None:
    """Return the filters; those that no longer work count nothing and break nothing."""
    try:
        filters = filters_of(checked(row.query))
        listing.check(filters)
    except Invalid:
        return None
    return filters


def _view(row: SavedView, counted: tuple[int, bool] | None = None) -> SavedViewView:
    return SavedViewView(
        id=row.id,
        title=row.title,
        query=row.query,
        shared=row.owner_id is None,
        position=row.position,
        version=row.version,
        count=counted[0] if counted else None,
        count_is_capped=counted[1] if counted else False,
    )
