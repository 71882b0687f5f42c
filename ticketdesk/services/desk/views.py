"""The standing views of the ticket list, by the word they have in the address."""

from typing import Any

from ticketdesk.models.status import ACTIVE, ENDED, WAITING

ALL_OPEN = ""
OPEN = "open"
"""Also all open tickets, by a word: the empty one stands for the default view of a person."""
TITLES = {
    "mine": "My open",
    "unassigned": "Unassigned",
    ALL_OPEN: "All open",
    OPEN: "All open",
    "due_soon": "Due soon",
    "breached": "Breached",
    "waiting": "Waiting",
    "closed": "Recently closed",
    "everything": "All tickets",
}

_ACTIVE: dict[str, Any] = {"status": sorted(ACTIVE)}
_FILTERS: dict[str, dict[str, Any]] = {
    "mine": _ACTIVE | {"assigned_to_id": ["me"]},
    "unassigned": _ACTIVE | {"assigned_to_id": ["none"]},
    ALL_OPEN: _ACTIVE,
    OPEN: _ACTIVE,
    "due_soon": _ACTIVE | {"sla": ["due_soon"]},
    "breached": _ACTIVE | {"sla": ["breached"]},
    "waiting": {"status": sorted(WAITING)},
    "closed": {"status": sorted(ENDED)},
    "everything": {},
}


def filters(view: str) -> dict[str, Any]:
    """Return the list filters of a view; an unknown word is the standing view.

    A ticket is "due soon" or "breached" only while somebody still works on it.
    """
    return dict(_FILTERS.get(view, _ACTIVE))
