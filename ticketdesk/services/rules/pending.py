"""Changes that rules have not looked at yet, kept in the session until the verb ends."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketActivityType

_KEY = "changes_for_rules"
_SILENT = "tickets_not_to_answer"


@dataclass(frozen=True, slots=True)
class Change:
    """One history row's worth of change: camelCase field name → (before, after).

    `words` say it as the history does; `also` names triggers beside those of its kind.
    """

    kind: TicketActivityType
    words: str = ""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    response_id: str | None = None
    also: tuple[str, ...] = ()


def collect(session: Session, ticket_id: str, change: Change) -> None:
    """Keep a change for the rules that run when the verb ends."""
    session.info.setdefault(_KEY, {}).setdefault(ticket_id, []).append(change)


def take(session: Session, ticket_id: str) -> list[Change]:
    """Return a ticket's changes and forget them."""
    return session.info.get(_KEY, {}).pop(ticket_id, [])


def forbid_answers(session: Session, ticket_id: str) -> None:
    """Let no rule answer a ticket in this transaction: what came in was sent by a machine."""
    session.info.setdefault(_SILENT, set()).add(ticket_id)


def may_answer(session: Session, ticket: Ticket) -> bool:
    """Whether a rule may answer: nothing automatic causes an automatic answer."""
    mail = ticket.ticket_metadata.get("mail")
    opened_by_machine = (
        isinstance(mail, dict)
        and not mail.get("mayAnswer", True)
        and ticket.last_message_at == ticket.created_at
    )
    return not opened_by_machine and ticket.id not in session.info.get(_SILENT, ())
