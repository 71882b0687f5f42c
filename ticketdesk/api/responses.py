"""The messages of a ticket."""

from typing import Annotated, Any

from fastapi import Body
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api import ticket_examples as examples
from ticketdesk.api.answers import answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import Cursor, IdempotencyKey, Limit, TicketRef
from ticketdesk.api.preconditions import IfMatch, etag, expected
from ticketdesk.api.routing import router
from ticketdesk.api.ticket_answers import RespondedAnswer, ResponsesAnswer
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.respond import respond

routes = router("Responses")

_PATH = "/api/tickets/{ticket_id:ref}/responses"


@routes.get(
    _PATH,
    response_model=ResponsesAnswer,
    summary="List responses",
    responses=reading(400, 404)
    | shown(200, {"success": True, "responses": [examples.RESPONSE], "nextCursor": None}),
)
def list_responses(
    caller: SignedIn, ticket_id: TicketRef, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """Give the messages, oldest first; a customer gets no internal notes."""
    page = caller.run(read.responses, ticket_id, cursor=cursor, limit=limit)
    return answer(ResponsesAnswer(responses=page.items, next_cursor=page.next_cursor))


@routes.post(
    _PATH,
    status_code=201,
    response_model=RespondedAnswer,
    summary="Add a response",
    responses=writing(404, 409, 412) | shown(201, examples.RESPONDED),
)
def add_response(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[AddResponse, Body(openapi_examples={"reply": {"value": examples.RESPOND}})],
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Response:
    """Reply to the customer, or write an internal note."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        done = respond(session, actor, ticket_id, body, version=expected(if_match))
        return {"success": True, **done.wire()}

    route = f"POST /api/tickets/{ticket_id}/responses"
    made = caller.create(idempotency_key, route, body, make)
    return answer(made, 201, etag(made["ticket"]["version"]))
