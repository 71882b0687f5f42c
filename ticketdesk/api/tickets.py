"""Tickets: list, create, read, change, delete."""

from typing import Annotated, Any

from fastapi import Body
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api import ticket_examples as examples
from ticketdesk.api.answers import Done, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import Cursor, IdempotencyKey, Limit, TicketRef
from ticketdesk.api.preconditions import IfMatch, IfNoneMatch, etag, expected, unchanged
from ticketdesk.api.routing import router
from ticketdesk.api.ticket_answers import TicketAnswer, TicketsAnswer, ticket_answer
from ticketdesk.api.ticket_query import ListQuery
from ticketdesk.services.tickets.commands import CreateTicket, UpdateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.delete import delete
from ticketdesk.services.tickets.listing import list_tickets
from ticketdesk.services.tickets.read import get
from ticketdesk.services.tickets.update import update

routes = router("Tickets")

_ONE = {"success": True, "ticket": examples.TICKET}
_PAGE = {
    "success": True,
    "tickets": [examples.TICKET],
    "nextCursor": None,
    "total": 1,
    "totalIsCapped": False,
}


@routes.get(
    "/api/tickets",
    response_model=TicketsAnswer,
    summary="List tickets",
    responses=reading(400) | shown(200, _PAGE),
)
def list_of_tickets(
    caller: SignedIn, query: ListQuery, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """Give one page of the tickets the caller may see."""
    page = caller.run(list_tickets, query.filters(), cursor=cursor, limit=limit)
    return answer(
        TicketsAnswer(
            tickets=page.tickets,
            next_cursor=page.next_cursor,
            total=page.total,
            total_is_capped=page.total_is_capped,
        )
    )


@routes.post(
    "/api/tickets",
    status_code=201,
    response_model=TicketAnswer,
    summary="Create a ticket",
    responses=writing(404, 409) | shown(201, _ONE),
)
def create_ticket(
    caller: SignedIn,
    body: Annotated[CreateTicket, Body(openapi_examples={"manual": {"value": examples.CREATE}})],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Open a ticket: staff for anybody, customers for themselves."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        return {"success": True, "ticket": create(session, actor, body).wire()}

    made = caller.create(idempotency_key, "POST /api/tickets", body, make)
    ticket = made["ticket"]
    where = {"Location": f"/api/tickets/{ticket['id']}"}
    return answer(made, 201, where | etag(ticket["version"]))


@routes.get(
    "/api/tickets/{ticket_id:ref}",
    response_model=TicketAnswer,
    summary="Read a ticket",
    responses=reading(404) | shown(200, _ONE) | {304: {"description": "Not changed."}},
)
def read_ticket(
    caller: SignedIn, ticket_id: TicketRef, if_none_match: IfNoneMatch = None
) -> Response:
    """Give a ticket by id or number, with its version as `ETag`."""
    ticket = caller.run(get, ticket_id)
    if unchanged(if_none_match, ticket.version):
        return Response(status_code=304, headers=etag(ticket.version))
    return ticket_answer(ticket)


@routes.patch(
    "/api/tickets/{ticket_id:ref}",
    response_model=TicketAnswer,
    summary="Change a ticket",
    responses=writing(404, 409, 412) | shown(200, _ONE),
)
def change_ticket(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[UpdateTicket, Body(openapi_examples={"some": {"value": examples.UPDATE}})],
    if_match: IfMatch = None,
) -> Response:
    """Change the given facts only.

    A stale `If-Match` is answered with 412, a stale `version` in the body with 409; both say what
    changed meanwhile and by whom.
    """
    return ticket_answer(caller.run(update, ticket_id, body, version=expected(if_match)))


@routes.delete(
    "/api/tickets/{ticket_id:ref}",
    response_model=Done,
    summary="Delete a ticket",
    responses=reading(400, 404, 412) | shown(200, {"success": True}),
)
def delete_ticket(caller: SignedIn, ticket_id: TicketRef, if_match: IfMatch = None) -> Response:
    """Delete a ticket with its messages, history and files: admins only, and for good."""
    caller.run(delete, ticket_id, version=expected(if_match))
    return answer(Done())
