"""Where the words of a search stand, for rows whose subject does not have them."""

import re
from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.services.search_words import words_of
from ticketdesk.services.tickets import matching
from ticketdesk.services.tickets.search_language import parse

_READ = 20_000
_BEFORE, _AFTER = 32, 96


def of_rows(session: Session, tickets: Sequence[Ticket], search: str) -> dict[str, str]:
    """Return the words around a find by ticket, in one query at most.

    Args:
        search: the list's search, which the list has understood already.
    """
    parsed = parse(search)
    words = words_of(" ".join([*parsed.words, *parsed.phrases]))
    if not words:
        return {}
    beginning = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    hidden = [
        ticket
        for ticket in tickets
        if not beginning.search(f"{ticket.subject} {ticket.requester_name}")
    ]
    found = {
        ticket.id: excerpt
        for ticket in hidden
        if (excerpt := _excerpt(ticket.description_text, beginning))
    }
    rest = [ticket.id for ticket in hidden if ticket.id not in found]
    for ticket_id, text in _messages(session, rest, matching.words_of(parsed).wanted):
        if excerpt := _excerpt(text, beginning):
            found[ticket_id] = excerpt
    return found


def _messages(session: Session, ids: Sequence[str], wanted: str) -> list[tuple[str, str]]:
    if not ids or not wanted:
        return []
    newest = (
        select(TicketResponse.ticket_id, func.left(TicketResponse.content_text, _READ))
        .ext(distinct_on(col(TicketResponse.ticket_id)))
        .where(
            col(TicketResponse.ticket_id).in_(ids),
            col(TicketResponse.search).op("@@")(matching.as_tsquery(wanted)),
        )
        .order_by(col(TicketResponse.ticket_id), col(TicketResponse.created_at).desc())
    )
    return list(session.exec(newest).all())


def _excerpt(text: str, beginning: re.Pattern[str]) -> str:
    found = beginning.search(text[:_READ])
    if found is None:
        return ""
    start = max(0, found.start() - _BEFORE)
    words = " ".join(text[start : found.end() + _AFTER].split())
    return f"…{words.partition(' ')[2]}" if start else words
