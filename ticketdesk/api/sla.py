"""Service levels: a ticket's clock, the calculator, policies and holidays."""

from typing import Annotated, Any

from fastapi import Body, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from ticketdesk.api.answers import Answer, Done, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import IdempotencyKey, TicketRef
from ticketdesk.api.preconditions import IfMatch, etag, expected
from ticketdesk.api.routing import router
from ticketdesk.errors import Malformed, TooLarge, UnsupportedKind
from ticketdesk.models.wire import Command
from ticketdesk.services.sla import holidays, manage
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.services.sla.explain import Explained, Question, explain
from ticketdesk.services.sla.holidays import HolidaySetView, HolidayView
from ticketdesk.services.sla.ical import LARGEST
from ticketdesk.services.sla.view import SlaView, of_ticket

routes = router("Service levels")

PolicyId = Annotated[str, Path(description="The policy's id.")]

_HOURS = {
    "timezone": "Europe/Berlin",
    "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:30"]]},
    "holidays": ["2026-12-25"],
}
_QUESTION = {"start": "2026-11-30T08:00:00Z", "minutes": 240, "businessHours": _HOURS, "pauses": []}
_EXPLAINED = {
    "success": True,
    "dueAt": "2026-11-30T13:00:00Z",
    "timeline": [
        {"from": "2026-11-30T08:00:00Z", "to": "2026-11-30T11:00:00Z", "kind": "counted"},
        {"from": "2026-11-30T11:00:00Z", "to": "2026-11-30T12:00:00Z", "kind": "outside"},
        {"from": "2026-11-30T12:00:00Z", "to": "2026-11-30T13:00:00Z", "kind": "counted"},
    ],
}
_POLICY = {
    "name": "Gold customers",
    "conditions": {
        "all": [{"field": "requesterDomain", "operator": "IS", "value": "customer.example"}]
    },
    "firstResponse": 60,
    "resolution": {"high": 480, "urgent": 240},
    "escalations": [
        {
            "id": "one-hour-late",
            "target": "RESOLUTION",
            "afterMinutes": 60,
            "actions": [{"type": "RAISE_PRIORITY"}, {"type": "NOTIFY", "to": ["admins"]}],
        }
    ],
}


class SlaAnswer(Answer):
    """A ticket's service level."""

    sla: SlaView


class ExplainedAnswer(Answer, Explained):
    """A due time with every span on the way."""


class HolidaysAnswer(Answer):
    """Days off, in order."""

    holidays: list[HolidayView]


class HolidaySetsAnswer(Answer):
    """The named sets."""

    holiday_sets: list[HolidaySetView]


class Order(Command):
    """Every policy's id, in the order in which they are to be tried."""

    policy_ids: Annotated[list[str], Body(max_length=100)]


@routes.get(
    "/api/tickets/{ticket_ref:ref}/sla",
    response_model=SlaAnswer,
    summary="Explain a ticket's service level",
    responses=reading(404),
)
def ticket_sla(caller: SignedIn, ticket_ref: TicketRef) -> Response:
    """Give every target with its due time and the timeline that adds up to it: staff only."""
    return answer(SlaAnswer(sla=caller.run(of_ticket, ticket_ref)))


@routes.post(
    "/api/sla/explain",
    response_model=ExplainedAnswer,
    summary="Compute and explain a due time",
    responses=writing() | shown(200, _EXPLAINED),
)
def explain_sla(
    caller: SignedIn,
    body: Annotated[Question, Body(openapi_examples={"a Monday": {"value": _QUESTION}})],
) -> Response:
    """Take a start and minutes and give the due time, with every span on the way.

    `businessHours` left out means the organization's own, null round the clock.
    """
    found = caller.run(explain, body)
    return answer(ExplainedAnswer(due_at=found.due_at, timeline=found.timeline))


@routes.get("/api/sla/policies", summary="List policies", responses=reading())
def list_policies(caller: SignedIn) -> Response:
    """Give the policies in the order in which they are tried; the settings' own comes after."""
    found = caller.run(manage.list_all)
    return answer(
        {"success": True, "policies": [policy.wire() for policy in found], "nextCursor": None}
    )


@routes.post("/api/sla/policies", status_code=201, summary="Make a policy", responses=writing(409))
def create_policy(
    caller: SignedIn,
    body: Annotated[PolicyInput, Body(openapi_examples={"gold": {"value": _POLICY}})],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make a policy, tried after those there are: admins only."""

    def make(session: Any, actor: Any) -> dict[str, Any]:
        return {"success": True, "policy": manage.create(session, actor, body).wire()}

    return answer(caller.create(idempotency_key, "POST /api/sla/policies", body, make), 201)


@routes.put("/api/sla/policies/order", summary="Put policies in order", responses=writing(409))
def reorder_policies(caller: SignedIn, body: Order) -> Response:
    """Set the order in which policies are tried: admins only."""
    found = caller.run(manage.reorder, body.policy_ids)
    return answer({"success": True, "policies": [policy.wire() for policy in found]})


@routes.get("/api/sla/policies/{policy_id:ref}", summary="Read a policy", responses=reading(404))
def read_policy(caller: SignedIn, policy_id: PolicyId) -> Response:
    """Give one policy."""
    policy = caller.run(manage.get, policy_id)
    return answer({"success": True, "policy": policy.wire()}, headers=etag(policy.version))


@routes.put(
    "/api/sla/policies/{policy_id:ref}", summary="Change a policy", responses=writing(404, 412)
)
def change_policy(
    caller: SignedIn, policy_id: PolicyId, body: PolicyInput, if_match: IfMatch = None
) -> Response:
    """Replace what a policy says; open tickets are recomputed from their creation: admins only."""
    policy = caller.run(manage.change, policy_id, body, version=expected(if_match))
    return answer({"success": True, "policy": policy.wire()}, headers=etag(policy.version))


@routes.delete(
    "/api/sla/policies/{policy_id:ref}",
    response_model=Done,
    summary="Delete a policy",
    responses=reading(404),
)
def delete_policy(caller: SignedIn, policy_id: PolicyId) -> Response:
    """Delete a policy; its tickets come under the next that matches: admins only."""
    caller.run(manage.delete, policy_id)
    return answer(Done())


@routes.get(
    "/api/sla/holiday-sets",
    response_model=HolidaySetsAnswer,
    summary="List named holidays",
    responses=reading(),
)
def holiday_sets(caller: SignedIn) -> Response:
    """Give the countries, and their parts, whose public holidays can be chosen."""
    return answer(HolidaySetsAnswer(holiday_sets=caller.run(holidays.sets)))


@routes.get(
    "/api/sla/holidays",
    response_model=HolidaysAnswer,
    summary="List the holidays of a set",
    responses=reading(),
)
def set_holidays(
    caller: SignedIn,
    name: Annotated[str, Query(alias="set", max_length=20, description="`DE` or `DE-BY`.")],
    year: Annotated[int, Query(ge=1970, le=2200)],
) -> Response:
    """Give a set's holidays of one year."""
    return answer(HolidaysAnswer(holidays=caller.run(holidays.of_set, name, year)))


@routes.post(
    "/api/sla/holidays/ical",
    response_model=HolidaysAnswer,
    summary="Read holidays from a calendar file",
    responses=writing(),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"text/calendar": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def holidays_from_file(caller: SignedIn, request: Request) -> Response:
    """Give the whole days of an iCalendar file (10 MB at most); nothing is kept: admins only."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "text/calendar":
        raise UnsupportedKind("Send the file as text/calendar.")
    content = await _limited(request)
    found = await run_in_threadpool(caller.run, holidays.in_file, content)
    return answer(HolidaysAnswer(holidays=found))


async def _limited(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                raise TooLarge("A calendar file may have 10 MB at most.")
            parts.append(part)
    except ClientDisconnect as error:
        raise Malformed("The body ends too early.") from error
    return b"".join(parts)
