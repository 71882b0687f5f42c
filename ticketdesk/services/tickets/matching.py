"""Finding words in tickets and their messages (house.md, PostgreSQL facts)."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SmallInteger, Text, column, func, literal, literal_column, or_
from sqlmodel import col, select

from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.base import TIME
from ticketdesk.services.search_words import finished_query, phrase_query, prefix_query
from ticketdesk.services.tickets.search_language import Search
from ticketdesk.services.tickets.sorting import Order

_MOST = 1_000_000
_NUMBER = re.compile(r"#?([0-9]{1,9})")
# What `tickets_found` gives of a ticket: enough for every order of a list but that by target.
_FOUND = (
    column("id", Text),
    column("created_at", TIME),
    column("updated_at", TIME),
    column("priority_rank", SmallInteger),
    column("status_rank", SmallInteger),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a search as tsqueries; `wanted` is '' when there are none.

    `number` is set when they are nothing but a ticket's number, with or without its sign.
    """

    wanted: str
    unwanted: str
    number: int | None = None


def words_of(search: Search, *, finished: bool = False) -> Words:
    """Return what to find and what must not be there.

    Args:
        finished: take every word but the last for a whole one, not for the beginning of one.
    """
    query_of = finished_query if finished else prefix_query
    parts = [query_of(" ".join(search.words)), *(phrase_query(p) for p in search.phrases)]
    bad = [phrase_query(text) for text in search.without]
    return Words(
        " & ".join(f"({part})" for part in parts if part),
        " | ".join(f"({part})" for part in bad if part),
        _number_in(search),
    )


def _number_in(search: Search) -> int | None:
    if len(search.words) != 1 or search.phrases or search.without:
        return None
    found = _NUMBER.fullmatch(search.words[0])
    return int(found[1]) if found else None


def as_tsquery(text: str) -> Any:
    """Return the SQL value of a tsquery made by `search_words`."""
    return func.to_tsquery("simple", text)


def has_words(tickets: Any, text: str, *, with_internal: bool) -> Any:
    """Return the condition that a ticket, or one of its messages, has the words.

    Args:
        tickets: the ticket columns (a table or a subquery with `id` and `search`).
    """
    query = as_tsquery(text)
    messages = select(TicketResponse.ticket_id).where(
        TicketResponse.ticket_id == tickets.id, col(TicketResponse.search).op("@@")(query)
    )
    if not with_internal:
        messages = messages.where(~col(TicketResponse.is_internal))
    return or_(tickets.search.op("@@")(query), messages.exists())


def ids_with_words(text: str, *, with_internal: bool) -> Any:
    """Return a subquery of the identifiers that the full-text index gives for words."""
    return ids_matching(as_tsquery(text), with_internal=with_internal)


def ids_matching(query: Any, *, with_internal: bool) -> Any:
    """Return a subquery of the identifiers that the full-text index gives for a tsquery."""
    matches = func.tickets_matching(query, with_internal, literal(_MOST))
    return select(matches.column_valued("id"))


def page_with_words(
    text: str, *, with_internal: bool, order: Order, place: list[Any] | None, size: int
) -> Any:
    """Return a subquery of one page's identifiers, from the full-text index alone.

    The index reads each ticket it finds anyway: sorting them there spares looking up all of them
    once more only to keep a page.

    Args:
        order: any but the one by target.
        place: behind which the page begins, of this order.
        size: the most identifiers.
    """
    found = func.tickets_found(as_tsquery(text), with_internal).table_valued(*_FOUND, name="found")
    page = select(found.c.id)
    if place is not None:
        page = page.where(order.after(place, found.c))
    return page.order_by(*order.by(found.c)).limit(size)


def without_words(text: str) -> Any:
    """Return the condition that none of the words is there, in notes neither."""
    return ~has_words(Ticket.__table__.c, text, with_internal=True)  # type: ignore[attr-defined]


def in_what_customers_see(words: Words) -> list[Any]:
    """Return the conditions that hold a customer's words against their ticket without its tags.

    The index of a ticket has its tags among its words; a customer sees none of them (semantics.md,
    Access), and few tickets are theirs, so their own are read once more.
    """
    texts = (
        func.left(col(Ticket.subject), 2000),
        func.concat_ws(
            " ",
            col(Ticket.requester_name),
            col(Ticket.requester_email),
            func.translate(col(Ticket.requester_email), "@.-_+", "     "),
        ),
        func.left(col(Ticket.description_text), 100_000),
    )
    seen = func.to_tsvector(literal_column("'simple'"), func.concat_ws(" ", *texts))

    def have(text: str) -> Any:
        query = as_tsquery(text)
        said = select(TicketResponse.ticket_id).where(
            TicketResponse.ticket_id == Ticket.id,
            ~col(TicketResponse.is_internal),
            col(TicketResponse.search).op("@@")(query),
        )
        return or_(seen.op("@@")(query), said.exists())

    wanted = [have(words.wanted)] if words.wanted else []
    if words.number is not None:
        wanted = [or_(col(Ticket.ticket_number) == words.number, *wanted)]
    return wanted + ([~have(words.unwanted)] if words.unwanted else [])
