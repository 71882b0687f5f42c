"""The deleted tickets that can still be restored, as admins see them."""

from typing import Any

from sqlalchemy import Text, cast, func, tuple_
from sqlmodel import Session, col, or_, select

from ticketdesk.actor import Actor
from ticketdesk.models import DeletedTicket
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.deleted.purge import KEPT
from ticketdesk.services.paging import LARGEST_PAGE, Page, decode_cursor, encode_cursor, moment


class DeletedView(View):
    """A deleted ticket; `goes_at` is when it goes for good."""

    id: str
    ticket_number: int
    subject: str
    requester_name: str
    deleted_by_name: str
    deleted_at: Moment
    goes_at: Moment


def list_deleted(
    session: Session, actor: Actor, *, words: str = "", cursor: str | None = None, limit: int = 30
) -> Page[DeletedView]:
    """Return a page of deleted tickets, the latest first.

    Args:
        words: a number, or part of a subject or of the requester's name; "" is all.

    Raises:
        Malformed: the cursor is not one of ours.
    """
    actor.require(UserRole.ADMIN, writes=False)
    query = select(
        DeletedTicket.id,
        DeletedTicket.ticket_number,
        DeletedTicket.subject,
        DeletedTicket.requester_name,
        DeletedTicket.deleted_by_name,
        DeletedTicket.created_at,
    ).where(DeletedTicket.organization_id == actor.organization_id)  # fmt: skip
    if wanted := words.strip().removeprefix("#").lower():
        query = query.where(_named(wanted))
    if cursor:
        at, last = decode_cursor(cursor, 2)
        place = tuple_(col(DeletedTicket.created_at), col(DeletedTicket.id))
        query = query.where(place < tuple_(moment(at), str(last)))
    size = max(1, min(limit, LARGEST_PAGE))
    query = query.order_by(col(DeletedTicket.created_at).desc(), col(DeletedTicket.id).desc())
    rows = session.exec(query.limit(size + 1)).all()
    more = encode_cursor(rows[size - 1].created_at, rows[size - 1].id) if len(rows) > size else None
    return Page([_view(row) for row in rows[:size]], more)


def _named(words: str) -> Any:
    texts = (col(DeletedTicket.subject), col(DeletedTicket.requester_name))
    return or_(
        cast(col(DeletedTicket.ticket_number), Text) == words,
        *(func.strpos(func.lower(one), words) > 0 for one in texts),
    )


def _view(row: Any) -> DeletedView:
    return DeletedView(
        id=row.id,
        ticket_number=row.ticket_number,
        subject=row.subject,
        requester_name=row.requester_name,
        deleted_by_name=row.deleted_by_name,
        deleted_at=row.created_at,
        goes_at=row.created_at + KEPT,
    )
