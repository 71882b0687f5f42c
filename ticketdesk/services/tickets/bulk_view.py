"""How far a bulk action is, over all of its parts."""

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from ticketdesk.models.bulk_action import BulkAction
from ticketdesk.models.wire import View

DELETE = "delete"


class BulkView(View):
    """How far a bulk action is; `refused` maps a ticket to the reason it was left alone.

    `kind` is "change", "reply" (which can be undone only until the mails leave) or "delete" (which
    can be undone for as long as deleted tickets are kept).
    """

    id: str
    kind: str
    total: int
    done: int
    refused: dict[str, Any]
    is_finished: bool
    is_undone: bool
    can_undo: bool


def view(session: Session, bulk_id: str) -> BulkView:
    """Return a bulk action as the app shows it; whose it is has been checked.

    Args:
        bulk_id: of its first part. What the parts hold of their tickets is not read: it is long,
            and this is asked for again and again.
    """
    parts = session.execute(
        select(  # type: ignore[call-overload]
            BulkAction.change,
            func.jsonb_array_length(BulkAction.ticket_ids).label("total"),
            BulkAction.position,
            BulkAction.refused,
            BulkAction.finished_at,
            BulkAction.undo_requested_at,
            BulkAction.undone_at,
        ).where(or_(BulkAction.id == bulk_id, BulkAction.part_of == bulk_id))
    ).all()
    change = parts[0].change
    is_finished = all(part.finished_at for part in parts)
    return BulkView(
        id=bulk_id,
        kind=DELETE if DELETE in change else "reply" if "reply" in change else "change",
        total=sum(part.total for part in parts),
        done=sum(part.position for part in parts),
        refused={ticket: why for part in parts for ticket, why in part.refused.items()},
        is_finished=is_finished,
        is_undone=all(part.undone_at for part in parts),
        can_undo=is_finished
        and not any(part.undo_requested_at for part in parts)
        and "note" not in change,
    )


def parts(session: Session, bulk_id: str) -> list[BulkAction]:
    """Return all parts of a bulk action, locked, the first one first."""
    return list(
        session.exec(
            select(BulkAction)
            .where(or_(BulkAction.id == bulk_id, BulkAction.part_of == bulk_id))
            .order_by(col(BulkAction.part_of).is_not(None), col(BulkAction.id))
            .with_for_update()
        )
    )
