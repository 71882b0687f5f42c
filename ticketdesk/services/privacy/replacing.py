"""What an erasure does, in the order in which it does it."""

from collections.abc import Callable

from sqlmodel import Session

from ticketdesk.services.privacy import account, chats, deleted, elsewhere, mails, tickets
from ticketdesk.services.privacy.person import Person

Counts = dict[str, int]

_BATCHES: tuple[Callable[[Session, Person, str], Counts], ...] = (
    # The mails first: some are found by the tickets they became.
    mails.received,
    deleted.deleted_tickets,
    tickets.own_tickets,
    tickets.messages_elsewhere,
    chats.own_chats,
)
_ONCE: tuple[Callable[[Session, Person, str], Counts], ...] = (
    mails.sent,
    elsewhere.copies,
    elsewhere.work_in_progress,
    account.own_account,
)


def next_batch(session: Session, person: Person, pseudonym: str) -> Counts | None:
    """Replace some of what is left and return how much; None when nothing is."""
    for step in _BATCHES:
        counts = step(session, person, pseudonym)
        if counts:
            return counts
    return None


def the_rest(session: Session, person: Person, pseudonym: str) -> Counts:
    """Replace what is little, the account last: by it the rest is found."""
    counts: Counts = {}
    for step in _ONCE:
        counts |= step(session, person, pseudonym)
    return counts
