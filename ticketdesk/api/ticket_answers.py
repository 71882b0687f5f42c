"""The answers about tickets."""

from starlette.responses import Response

from ticketdesk.api.answers import Answer, answer
from ticketdesk.api.preconditions import etag
from ticketdesk.services.tickets.views import ActivityView, ResponseView, TicketView


class TicketAnswer(Answer):
    """One ticket."""

    ticket: TicketView


class TicketsAnswer(Answer):
    """One page of a list; `total` is exact unless `totalIsCapped`."""

    tickets: list[TicketView]
    next_cursor: str | None
    total: int
    total_is_capped: bool


class RespondedAnswer(Answer):
    """The new response and the ticket as it now stands.

    `response` is null when a customer wrote to a ticket that is over: `ticket` is then the new one.
    """

    response: ResponseView | None
    ticket: TicketView


class ResponsesAnswer(Answer):
    """One page of a ticket's messages, oldest first."""

    responses: list[ResponseView]
    next_cursor: str | None


class ActivitiesAnswer(Answer):
    """One page of a ticket's history, oldest first."""

    activities: list[ActivityView]
    next_cursor: str | None


def ticket_answer(ticket: TicketView) -> Response:
    """Return one ticket with its ETag."""
    return answer(TicketAnswer(ticket=ticket), headers=etag(ticket.version))
