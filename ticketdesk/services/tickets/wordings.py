"""How the words of a search are meant: every one as the beginning of a word, or only the last.

Looking up the beginning of a word costs as much as there are tickets that have it, whatever else is
asked for; looking up a whole word does not. Where tickets are few nobody notices. In a large
organization the words before the last, which are typed to their end, are therefore whole words, and
beginnings only when no ticket has them like that (decision 4).
"""

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models import TicketCounter
from ticketdesk.services.tickets.matching import Words, words_of
from ticketdesk.services.tickets.search_language import Search

LARGE = 100_000
_FIRST_NUMBER = 1001


def wordings(session: Session, actor: Actor, search: Search) -> list[Words]:
    """Return what the words can mean; the first that finds something is what they do."""
    loose, finished = words_of(search), words_of(search, finished=True)
    # A customer's own tickets are few wherever they are.
    if finished == loose or not actor.is_staff or not _is_large(session, actor):
        return [loose]
    return [finished, loose]


def _is_large(session: Session, actor: Actor) -> bool:
    counter = session.get(TicketCounter, actor.organization_id)
    # A session forgets what nobody holds, and would ask anew for each of several views.
    session.info[TicketCounter] = counter
    return counter is not None and counter.next_number - _FIRST_NUMBER > LARGE
