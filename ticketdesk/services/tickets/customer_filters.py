"""Which filters a customer may use: one that asks for what they may not see would tell it."""

from ticketdesk.errors import Invalid
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.search_language import Search

_HIDDEN = {"assigned_to_id": "assignedToId", "tag": "tag", "sla": "sla"}
_HIDDEN_WORDS = {"assignee", "tag", "sla", "is"}
_HIDDEN_SORTS = {"sla"}


def require_visible(filters: TicketFilters, search: Search) -> None:
    """Refuse what narrows or orders a list by an assignee, tags or targets (semantics.md, Access).

    Args:
        search: `filters.q` as it was read.

    Raises:
        Invalid: `fields` names each filter in the words of the API.
    """
    problems = {
        name: "There is no such parameter."
        for attribute, name in _HIDDEN.items()
        if getattr(filters, attribute)
    }
    words = sorted({term.key for term in search.terms} & _HIDDEN_WORDS)
    if words:
        problems["q"] = f"There is no filter {', '.join(f'{word}:' for word in words)}"
    if filters.sort.removeprefix("-") in _HIDDEN_SORTS:
        problems["sort"] = "Sort by one of createdAt, updatedAt, priority, status."
    if problems:
        raise Invalid(f"Please check: {', '.join(problems)}.", fields=problems)
