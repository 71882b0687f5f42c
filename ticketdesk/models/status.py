"""The one table of allowed status moves (semantics.md, Status)."""

from ticketdesk.errors import Conflict
from ticketdesk.models.enums import TicketStatus as S

_WORKING = (S.OPEN, S.IN_PROGRESS, S.WAITING_ON_CUSTOMER, S.WAITING_ON_THIRD_PARTY)
_ENDINGS = (S.RESOLVED, S.CLOSED, S.CANCELLED)

MOVES: dict[S, tuple[S, ...]] = {
    S.NEW: _WORKING + _ENDINGS,
    S.OPEN: tuple(s for s in _WORKING if s is not S.OPEN) + _ENDINGS,
    S.IN_PROGRESS: tuple(s for s in _WORKING if s is not S.IN_PROGRESS) + _ENDINGS,
    S.WAITING_ON_CUSTOMER: tuple(s for s in _WORKING if s is not S.WAITING_ON_CUSTOMER) + _ENDINGS,
    S.WAITING_ON_THIRD_PARTY: tuple(s for s in _WORKING if s is not S.WAITING_ON_THIRD_PARTY)
    + _ENDINGS,
    S.RESOLVED: (S.OPEN, S.IN_PROGRESS, S.CLOSED),
    S.CLOSED: (S.OPEN,),
    S.CANCELLED: (S.OPEN,),
}

ACTIVE: frozenset[S] = frozenset({S.NEW, *_WORKING})
WAITING: frozenset[S] = frozenset({S.WAITING_ON_CUSTOMER, S.WAITING_ON_THIRD_PARTY})
ENDED: frozenset[S] = frozenset(_ENDINGS)
FINAL: frozenset[S] = frozenset({S.CLOSED, S.CANCELLED})


def require_move(before: S, after: S) -> None:
    """Refuse a move that the table does not list.

    Raises:
        Conflict: names the allowed moves.
    """
    if after in MOVES[before]:
        return
    allowed = [str(status) for status in MOVES[before]]
    raise Conflict(
        f"A ticket cannot go from {before} to {after}. Allowed: {', '.join(allowed)}.",
        code="status_move_refused",
        details={"allowed": allowed},
    )
