"""Who looks after a ticket, where it stands, and what happened to it."""

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ticketdesk.api import ticket_examples as examples
from ticketdesk.api.answers import answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import Cursor, Limit, TicketRef
from ticketdesk.api.preconditions import IfMatch, expected
from ticketdesk.api.routing import router
from ticketdesk.api.ticket_answers import ActivitiesAnswer, TicketAnswer, ticket_answer
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.assign import assign
from ticketdesk.services.tickets.commands import AssignTicket, ChangeStatus
from ticketdesk.services.tickets.status import change_status

routes = router("Tickets")

_ONE = {"success": True, "ticket": examples.TICKET}


@routes.post(
    "/api/tickets/{ticket_id:ref}/assign",
    response_model=TicketAnswer,
    summary="Assign a ticket",
    responses=writing(404, 412) | shown(200, _ONE),
)
def assign_ticket(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[
        AssignTicket,
        Body(
            openapi_examples={
                "to me": {"value": {"assignedToId": "me"}},
                "to nobody": {"value": {"assignedToId": None}},
            }
        ),
    ],
    if_match: IfMatch = None,
) -> Response:
    """Give the ticket to an agent (id or `me`), or to nobody (`null`)."""
    version = expected(if_match)
    return ticket_answer(caller.run(assign, ticket_id, body.assigned_to_id, version=version))


@routes.patch(
    "/api/tickets/{ticket_id:ref}/status",
    response_model=TicketAnswer,
    summary="Move a ticket",
    responses=writing(404, 409, 412) | shown(200, _ONE),
)
def move_ticket(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[
        ChangeStatus,
        Body(
            openapi_examples={
                "resolve": {"value": {"status": "RESOLVED", "comment": "This works again."}}
            }
        ),
    ],
    if_match: IfMatch = None,
) -> Response:
    """Move the ticket to another status; a refused move is a 409 that names the allowed ones."""
    return ticket_answer(caller.run(change_status, ticket_id, body, version=expected(if_match)))


@routes.get(
    "/api/tickets/{ticket_id:ref}/activities",
    response_model=ActivitiesAnswer,
    summary="List activities",
    responses=reading(400, 404)
    | shown(200, {"success": True, "activities": [examples.ACTIVITY], "nextCursor": None}),
)
def list_activities(
    caller: SignedIn, ticket_id: TicketRef, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """Give the history, oldest first; a customer gets its public part."""
    page = caller.run(read.activities, ticket_id, cursor=cursor, limit=limit)
    return answer(ActivitiesAnswer(activities=page.items, next_cursor=page.next_cursor))
