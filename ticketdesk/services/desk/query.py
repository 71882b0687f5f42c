"""The ticket list's address: its parameters are the filters, so that a view can be shared."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ticketdesk.errors import Invalid
from ticketdesk.services.desk import views
from ticketdesk.services.tickets.filters import TicketFilters

_PARAMETERS = {
    "status": "status",
    "priority": "priority",
    "assignee": "assignedToId",
    "category": "category",
    "tag": "tag",
    "sla": "sla",
    "source": "source",
    "q": "q",
    "sort": "sort",
}
_LONGEST = 500
_STANDING_SORT = "-updatedAt"

Query = dict[str, str]


def query_of(parameters: Mapping[str, str]) -> Query:
    """Return the parameters of an address that mean something to the list."""
    known = {*_PARAMETERS, "view", "saved", "after"}
    return {name: value[:_LONGEST] for name, value in parameters.items() if name in known and value}


def lasting(query: Mapping[str, str]) -> Query:
    """Return what of a query is worth keeping: without the page one is on and the view's name."""
    return {name: value for name, value in query.items() if name not in ("after", "saved")}


def checked(query: Mapping[str, Any]) -> Query:
    """Return a query that is to be kept, if the list understands all of it.

    Raises:
        Invalid: a parameter the list does not know, a value that does not exist, or a search with
            an error; `fields` says which.
    """
    unknown = set(query) - {*_PARAMETERS, "view"}
    if unknown:
        raise Invalid(
            "Please check: query.",
            fields={f"query.{name}": "There is no such filter." for name in sorted(unknown)},
        )
    kept: Query = {}
    for name, value in query.items():
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise Invalid("Please check: query.", fields={f"query.{name}": "Write a short text."})
        if value:
            kept[name] = value
    if kept.get("view", views.ALL_OPEN) not in views.TITLES:
        raise Invalid("Please check: view.", fields={"query.view": "There is no such view."})
    filters_of(kept)
    return kept


def path(query: Mapping[str, str], *, after: str | None = None) -> str:
    """Return the address of a list, or of its part behind a cursor."""
    words = dict(query) | ({"after": after} if after else {})
    return f"/app/tickets?{urlencode(words)}" if words else "/app/tickets"


def filters_of(query: Mapping[str, str]) -> TicketFilters:
    """Return what a list with these parameters (as `query_of` returns them) holds.

    Raises:
        Invalid: a value that does not exist.
    """
    chosen = {wire: query[name] for name, wire in _PARAMETERS.items() if name in query}
    view = views.filters(query.get("view", views.ALL_OPEN))
    if "q" in chosen and "view" not in query and "status" not in chosen:
        # Somebody who searches without having chosen a view means all tickets, closed ones, too.
        view = views.filters("everything")
    if "assignedToId" in chosen:
        view.pop("assigned_to_id", None)
    standing = {"sort": _STANDING_SORT, **view}
    return TicketFilters.parse({k: v for k, v in standing.items() if k not in chosen} | chosen)


def export_path(query: Mapping[str, str]) -> str:
    """Return the address that gives all tickets of a list as CSV, in order of creation.

    Raises:
        Invalid: a value that does not exist.
    """
    filters = filters_of(query).model_copy(update={"sort": "-createdAt"})
    given = filters.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    words = {k: ",".join(v) if isinstance(v, list) else v for k, v in given.items()}
    return f"/api/tickets/export?{urlencode(words)}"
