"""Saved views: a list's filters under a name, personal or shared."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import SavedView
from ticketdesk.models.wire import Command, View
from ticketdesk.services.library import ownership
from ticketdesk.services.tickets import listing
from ticketdesk.services.tickets.commands import Name
from ticketdesk.services.tickets.filters import TicketFilters

_MOST = 50


class SavedViewInput(Command):
    """A name and the filters as the API's list takes them."""

    title: Name
    query: Annotated[dict[str, Any], Field(max_length=20)]
    shared: bool = False


class SavedViewView(View):
    """A saved view; `count` says how many tickets it holds, when asked for."""

    id: str
    title: str
    query: dict[str, Any]
    shared: bool
    version: int
    count: int | None = None
    count_is_capped: bool = False


def list_all(session: Session, actor: Actor, *, counted: bool = False) -> list[SavedViewView]:
    """Return the caller's and the shared views in their order.

    Args:
        counted: also count what each holds, up to the cap of a list.
    """
    query = ownership.visible(SavedView, actor).order_by(
        col(SavedView.position), col(SavedView.title), col(SavedView.id)
    )
    rows = session.exec(query.limit(_MOST)).all()
    return [_view(row, _count(session, actor, row) if counted else None) for row in rows]


def create(session: Session, actor: Actor, command: SavedViewInput) -> SavedViewView:
    """Keep a view.

    Raises:
        Invalid: a filter that does not exist or a search with an error.
        Conflict: more than 50 views.
        Forbidden: an agent who is no admin shares it.
    """
    owner = ownership.owner_for(actor, shared=command.shared)
    listing.count(session, actor, TicketFilters.parse(command.query))
    present = session.exec(ownership.visible(SavedView, actor)).all()
    if len(present) >= _MOST:
        raise Conflict(f"At most {_MOST} views. Delete one first.")
    row = SavedView(
        id=new_id("view"),
        organization_id=actor.organization_id,
        owner_id=owner,
        title=command.title,
        query=command.query,
        position=max((view.position for view in present), default=0) + 1,
    )
    session.add(row)
    session.flush()
    return _view(row, None)


def rename(session: Session, actor: Actor, row_id: str, title: str, version: int) -> SavedViewView:
    """Give a view another name."""
    row = ownership.changeable(session, actor, SavedView, row_id, version)
    row.title = SavedViewInput.parse({"title": title, "query": {}}).title
    row.version += 1
    session.add(row)
    session.flush()
    return _view(row, None)


def delete(session: Session, actor: Actor, row_id: str) -> None:
    """Forget a view."""
    session.delete(ownership.changeable(session, actor, SavedView, row_id))
    session.flush()


def _count(session: Session, actor: Actor, row: SavedView) -> tuple[int, bool] | None:
    """Count what a view holds; a filter that no longer works counts nothing and breaks nothing."""
    try:
        return listing.count(session, actor, TicketFilters.parse(row.query))
    except Invalid:
        return None


def _view(row: SavedView, counted: tuple[int, bool] | None) -> SavedViewView:
    return SavedViewView(
        id=row.id,
        title=row.title,
        query=row.query,
        shared=row.owner_id is None,
        version=row.version,
        count=counted[0] if counted else None,
        count_is_capped=counted[1] if counted else False,
    )
