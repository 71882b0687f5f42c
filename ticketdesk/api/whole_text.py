"""`/api/tickets/{id}/whole`: a long text of a ticket in full."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from ticketdesk.api.answers import Answer, answer, reading, shown
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import TicketRef
from ticketdesk.api.routing import router
from ticketdesk.services.desk import whole_text

routes = router("Tickets")


class WholeTextAnswer(Answer):
    """A text as it may be looked at."""

    html: str
    remote: int


@routes.get(
    "/api/tickets/{ticket_id:ref}/whole",
    response_model=WholeTextAnswer,
    summary="Read a long text in full",
    responses=reading(404) | shown(200, {"success": True, "html": "<p>Hello.</p>", "remote": 0}),
)
def read_whole_text(
    caller: SignedIn,
    ticket_id: TicketRef,
    message: Annotated[
        str, Query(max_length=80, description="A response's id; else the description.")
    ] = "",
) -> Response:
    """Give the description or a response as sanitised HTML, however long it is."""
    html, remote = caller.run(whole_text.whole, ticket_id, message)
    return answer(WholeTextAnswer(html=html, remote=remote))
