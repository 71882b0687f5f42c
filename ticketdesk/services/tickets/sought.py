"""What the full-text index can find: words, tags, mail domains (house.md, PostgreSQL facts).

A rare one is best looked up first and sorted afterwards; a common one is best met by walking the
list's own order until the page is full. Nothing tells the two apart beforehand, so the walk comes
first, over a bounded stretch; only when it does not fill the page is the index asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import cast, func, literal, or_, union
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.services.search_words import phrase_query
from ticketdesk.services.tickets import matching
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.matching import Words
from ticketdesk.services.tickets.search_language import Search, Term
from ticketdesk.services.tickets.sorting import Order

# Tags and the requester's address are words of weight B (models/ticket.py).
_WEIGHT = "B"


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing to find.

    `holds` gives the condition over ticket columns (a table's or a subquery's with `id`, `search`,
    `tags`, `requester_email`, `ticket_number`); `ids` is the subquery of what the index gives,
    which may be too many when `is_loose`. `page` gives the subquery of one page's identifiers, from
    order, place and size, for what the index can put into order by itself.
    """

    holds: Callable[[Any], Any]
    ids: Any
    is_loose: bool = False
    page: Callable[[Order, list[Any] | None, int], Any] | None = None

    def by_index(self) -> list[Any]:
        """Return the conditions over the tickets table that start from the index."""
        found = col(Ticket.id).in_(self.ids)
        return [found, self.holds(Ticket.__table__.c)] if self.is_loose else [found]  # type: ignore[attr-defined]


def of(filters: TicketFilters, search: Search, words: Words, actor: Actor) -> list[Sought]:
    """Return everything a list is to find.

    Args:
        words: the search's words as `matching.words_of` gives them.
    """
    found = [_words(words, with_internal=actor.is_staff)] if words.wanted else []
    if filters.tag:
        found.append(_tags(filters.tag))
    for term in search.terms:
        if is_sought(term):
            values = list(term.values)
            found.append(_tags(values) if term.key == "tag" else _domains(values))
    return found


def is_sought(term: Term) -> bool:
    """Whether a filter of the search language is looked up here rather than tested row by row."""
    if term.negated:
        return False
    return term.key == "tag" or (
        term.key == "from" and all(phrase_query(v) and v.startswith("@") for v in term.values)
    )


def _words(words: Words, *, with_internal: bool) -> Sought:
    def holds(tickets: Any) -> Any:
        written = matching.has_words(tickets, words.wanted, with_internal=with_internal)
        return written if number is None else or_(tickets.ticket_number == number, written)

    number = words.number
    ids = matching.ids_with_words(words.wanted, with_internal=with_internal)
    if number is not None:
        ids = union(ids, select(Ticket.id).where(col(Ticket.ticket_number) == number))
        return Sought(holds, ids)
    return Sought(
        holds,
        ids,
        page=lambda order, place, size: matching.page_with_words(
            words.wanted, with_internal=with_internal, order=order, place=place, size=size
        ),
    )


def _tags(tags: Sequence[str]) -> Sought:
    # A requester's name can be the same word.
    lexemes = " | ".join(f"{_quoted(tag)}:{_WEIGHT}" for tag in tags)
    return Sought(
        lambda tickets: or_(*(literal(tag) == func.any(tickets.tags) for tag in tags)),
        matching.ids_matching(cast(lexemes, TSQUERY), with_internal=False),
        is_loose=True,
    )


def _domains(values: Sequence[str]) -> Sought:
    domains = [value.removeprefix("@") for value in values]
    phrases = " | ".join(f"({phrase_query(domain)})" for domain in domains)
    return Sought(
        lambda tickets: func.split_part(tickets.requester_email, "@", 2).in_(domains),
        matching.ids_with_words(phrases, with_internal=False),
        is_loose=True,
    )


def _quoted(lexeme: str) -> str:
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
