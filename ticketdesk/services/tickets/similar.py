"""What an agent should know while typing a ticket: the requester's others and likely doubles."""

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.search_words import words_of

_COMMON = frozenset(
    {
        "the", "and", "for", "with", "not", "can", "cannot", "our", "your", "this", "that", "from",
        "have", "has", "was", "are", "but", "when", "please", "help", "problem", "issue", "error",
        "hello", "there", "here", "now", "yes", "still", "again", "just", "does", "would", "could",
        "thank", "thanks", "nicht", "der", "die", "das", "und", "mit", "ich", "ein", "eine", "kann",
    }
)  # fmt: skip
_PROBED = 300


class SimilarTicket(View):
    """A ticket in a short list."""

    id: str
    ticket_number: int
    subject: str
    status: TicketStatus
    requester_name: str
    created_at: Moment


def of_requester(
    session: Session, actor: Actor, email: str, *, leave_out: str = "", limit: int = 5
) -> list[SimilarTicket]:
    """Return a requester's newest tickets."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            Ticket.requester_email == email.strip().lower(),
            Ticket.id != leave_out,
        )
        .order_by(col(Ticket.created_at).desc(), col(Ticket.id).desc())
        .limit(min(limit, 20))
    )
    return [SimilarTicket.model_validate(row) for row in rows]


def like(session: Session, actor: Actor, subject: str, *, limit: int = 5) -> list[SimilarTicket]:
    """Return newest tickets that share telling words with a subject, best first.

    Two telling words must meet (one, when the subject has only one); words everybody uses do not
    count. The index gives at most 300 candidates, so a common word costs no more than a rare one.
    """
    actor.require(UserRole.AGENT, writes=False)
    words = telling(subject)
    if not words:
        return []
    any_of = func.to_tsquery("simple", " | ".join(f"'{word}'" for word in words))
    matches = func.tickets_matching(any_of, False, literal(_PROBED))
    rows = session.exec(
        select(Ticket)
        .where(col(Ticket.id).in_(select(matches.column_valued("id"))))
        .order_by(col(Ticket.created_at).desc(), col(Ticket.id).desc())
    ).all()
    needed = min(2, len(words))
    scored = [(len(set(words) & set(words_of(row.subject))), row) for row in rows]
    best = sorted((pair for pair in scored if pair[0] >= needed), key=lambda p: -p[0])
    return [SimilarTicket.model_validate(row) for _, row in best[:limit]]


def telling(text: str) -> list[str]:
    """Return the first words of a text, in lower case, without those that everybody uses."""
    return [word for word in words_of(text) if len(word) > 2 and word not in _COMMON]
