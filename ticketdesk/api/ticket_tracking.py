"""The addresses at which a ticket's requester follows it."""

from starlette.responses import Response

from ticketdesk.api.answers import Done, answer, reading, shown
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import TicketRef
from ticketdesk.api.routing import router
from ticketdesk.services.embed.revoking import revoke

routes = router("Tickets")


@routes.delete(
    "/api/tickets/{ticket_id:ref}/tracking-links",
    response_model=Done,
    summary="Revoke the tracking links",
    responses=reading(404) | shown(200, {"success": True}),
)
def revoke_tracking_links(caller: SignedIn, ticket_id: TicketRef) -> Response:
    """Make every tracking link of the ticket useless; the next mail brings a new one."""
    caller.run(revoke, ticket_id)
    return answer(Done())
