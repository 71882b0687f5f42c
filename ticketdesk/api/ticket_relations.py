"""How tickets belong together: links, merges, splits."""

from typing import Annotated, Any

from fastapi import Body, Path, Query
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api import ticket_examples as examples
from ticketdesk.api.answers import Answer, Done, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import IdempotencyKey, TicketRef
from ticketdesk.api.routing import router
from ticketdesk.errors import Invalid
from ticketdesk.services.tickets import links
from ticketdesk.services.tickets.links import LinkTicket, LinkView
from ticketdesk.services.tickets.merge import MergeTickets, MergeView, merge
from ticketdesk.services.tickets.merge_undo import undo_merge
from ticketdesk.services.tickets.read import get
from ticketdesk.services.tickets.split import SplitTicket, SplitView, split, undo_split
from ticketdesk.services.tickets.views import TicketView

routes = router("Links, merges, splits")

_TICKET = "/api/tickets/{ticket_id:ref}"
_OTHER = "ticket_0199d3c2a1b8b4b4c8091a2b3c4d5e6f"
_BY = {
    "performedByName": "Grace Hopper",
    "createdAt": "2026-11-02T10:30:00.000Z",
    "undoneAt": None,
}
_LINK = {
    "id": "link_0199d3c2a1b9c5c5d91a2b3c4d5e6f70",
    "kind": "RELATED",
    "ticketId": _OTHER,
    "ticketNumber": 1002,
    "subject": "Billing page slow",
    "status": "OPEN",
    "createdAt": "2026-11-02T10:30:00.000Z",
}
_MERGE = {
    "id": "merge_0199d3c2a1bad6d6ea2b3c4d5e6f7081",
    "targetId": examples.TICKET["id"],
    "sourceTicketIds": [_OTHER],
    **_BY,
}
_SPLIT = {
    "id": "split_0199d3c2a1bbe7e7fb3c4d5e6f708192",
    "sourceId": examples.TICKET["id"],
    "newTicketId": _OTHER,
    "responseIds": [examples.RESPONSE["id"]],
    **_BY,
}


class LinkAnswer(Answer):
    """One link, seen from the ticket in the address."""

    link: LinkView


class LinksAnswer(Answer):
    """All links of a ticket."""

    links: list[LinkView]
    next_cursor: str | None = None


class MergeAnswer(Answer):
    """The merge and the ticket that took the others in."""

    merge: MergeView
    ticket: TicketView


class MergeUndoneAnswer(Answer):
    """The merge, undone."""

    merge: MergeView


class SplitAnswer(Answer):
    """The split and the new ticket."""

    split: SplitView
    ticket: TicketView


class SplitUndoneAnswer(Answer):
    """The split, undone."""

    split: SplitView


@routes.get(
    f"{_TICKET}/links",
    response_model=LinksAnswer,
    summary="List links",
    responses=reading(404) | shown(200, {"success": True, "links": [_LINK], "nextCursor": None}),
)
def list_links(caller: SignedIn, ticket_id: TicketRef) -> Response:
    """Give the tickets that this one is linked to."""
    return answer(LinksAnswer(links=caller.run(links.list_links, ticket_id)))


@routes.post(
    f"{_TICKET}/links",
    status_code=201,
    response_model=LinkAnswer,
    summary="Link two tickets",
    responses=writing(404, 409) | shown(201, {"success": True, "link": _LINK}),
)
def link_tickets(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[
        LinkTicket,
        Body(openapi_examples={"related": {"value": {"ticketId": "1002", "kind": "RELATED"}}}),
    ],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Link this ticket to another: `kind` says what the other one is to it."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        return {"success": True, "link": links.link(session, actor, ticket_id, body).wire()}

    route = f"POST /api/tickets/{ticket_id}/links"
    return answer(caller.create(idempotency_key, route, body, make), 201)


@routes.delete(
    _TICKET + "/links/{link_id:ref}",
    response_model=Done,
    summary="Remove a link",
    responses=reading(404) | shown(200, {"success": True}),
)
def unlink_tickets(
    caller: SignedIn, ticket_id: TicketRef, link_id: Annotated[str, Path()]
) -> Response:
    """Remove a link from both tickets."""
    caller.run(links.unlink, ticket_id, link_id)
    return answer(Done())


@routes.delete(
    f"{_TICKET}/links",
    response_model=Done,
    summary="Remove the link to a ticket",
    responses=writing(404) | shown(200, {"success": True}),
)
def unlink_the_other(
    caller: SignedIn,
    ticket_id: TicketRef,
    other: Annotated[
        str | None,
        Query(alias="ticketId", max_length=100, description="The other one, by id or number."),
    ] = None,
    body: Annotated[
        LinkTicket | None, Body(description="What made the link, instead of the parameter.")
    ] = None,
) -> Response:
    """Remove the link between two tickets, for who did not keep the link's id."""
    named = other or (body.ticket_id if body else None)
    if not named:
        message = "Name the other ticket."
        raise Invalid(message, fields={"ticketId": message})
    caller.run(links.unlink_from, ticket_id, named)
    return answer(Done())


@routes.post(
    f"{_TICKET}/merge",
    status_code=201,
    response_model=MergeAnswer,
    summary="Merge tickets into this one",
    responses=writing(404, 409)
    | shown(201, {"success": True, "merge": _MERGE, "ticket": examples.TICKET}),
)
def merge_tickets(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[
        MergeTickets, Body(openapi_examples={"one": {"value": {"sourceTicketIds": ["1002"]}}})
    ],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Take in the messages, files and people of other tickets, which close with a pointer here."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        done = merge(session, actor, ticket_id, body)
        ticket = get(session, actor, done.target_id)
        return {"success": True, "merge": done.wire(), "ticket": ticket.wire()}

    route = f"POST /api/tickets/{ticket_id}/merge"
    return answer(caller.create(idempotency_key, route, body, make), 201)


@routes.post(
    _TICKET + "/merge/{merge_id:ref}/undo",
    response_model=MergeUndoneAnswer,
    summary="Undo a merge",
    responses=reading(404, 409) | shown(200, {"success": True, "merge": _MERGE}),
)
def undo_a_merge(
    caller: SignedIn, ticket_id: TicketRef, merge_id: Annotated[str, Path()]
) -> Response:
    """Put everything back, unless something later depends on it: then 409 says what."""
    return answer(MergeUndoneAnswer(merge=caller.run(undo_merge, ticket_id, merge_id)))


@routes.post(
    f"{_TICKET}/split",
    status_code=201,
    response_model=SplitAnswer,
    summary="Split messages off",
    responses=writing(404, 409)
    | shown(201, {"success": True, "split": _SPLIT, "ticket": examples.TICKET}),
)
def split_ticket(
    caller: SignedIn,
    ticket_id: TicketRef,
    body: Annotated[
        SplitTicket,
        Body(
            openapi_examples={
                "one": {
                    "value": {
                        "responseIds": [examples.RESPONSE["id"]],
                        "subject": "Another question",
                    }
                }
            }
        ),
    ],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Move messages to a new ticket that is linked to this one."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        return {"success": True, **split(session, actor, ticket_id, body).wire()}

    route = f"POST /api/tickets/{ticket_id}/split"
    return answer(caller.create(idempotency_key, route, body, make), 201)


@routes.post(
    _TICKET + "/split/{split_id:ref}/undo",
    response_model=SplitUndoneAnswer,
    summary="Undo a split",
    responses=reading(404, 409) | shown(200, {"success": True, "split": _SPLIT}),
)
def undo_a_split(
    caller: SignedIn, ticket_id: TicketRef, split_id: Annotated[str, Path()]
) -> Response:
    """Bring the messages back, unless something later depends on it: then 409 says what."""
    return answer(SplitUndoneAnswer(split=caller.run(undo_split, ticket_id, split_id)))
