"""The question after the work, unless it is too late for it or its reader wants none."""

from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketStatus
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.compose import Letter
from ticketdesk.services.mail.outbound import views
from ticketdesk.services.mail.outbound.batch import Batch
from ticketdesk.services.mail.outbound.caps import Caps
from ticketdesk.services.mail.outbound.prepared import Prepared
from ticketdesk.services.surveys import links

_ENDED = (TicketStatus.RESOLVED, TicketStatus.CLOSED)


def ask(
    batch: Batch, promise: Promise, ticket: Ticket, letter: Letter, unfit: str, caps: Caps
) -> Prepared:
    """Ask the requester, with signed links to answer and to stop being asked.

    Args:
        unfit: why the requester gets no mail at all, '' for nothing.
    """
    silence = unfit or _silence(batch, ticket) or caps.take(ticket.requester_email, ticket.id)
    if silence:
        return Prepared(promise, "survey", ticket_id=ticket.id, silence=silence)
    composed = letter.survey(
        views.identity(batch, promise, ticket), links.links(promise.payload["surveyId"])
    )
    return Prepared(promise, "survey", composed, ticket_id=ticket.id)


def _silence(batch: Batch, ticket: Ticket) -> str:
    if ticket.status not in _ENDED:
        return "the ticket is open again"
    known = batch.addresses.get(ticket.requester_email)
    return "the requester wants no surveys" if known and known.no_surveys_at else ""
