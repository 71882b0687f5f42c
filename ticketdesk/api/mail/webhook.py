"""`POST /api/tickets/webhook/email` (contract.md, REST)."""

from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from ticketdesk.api.answers import Answer, Done, answer, shown, writing
from ticketdesk.api.mail.authority import Delivery, authorise
from ticketdesk.api.routing import router
from ticketdesk.errors import Malformed, TooLarge
from ticketdesk.jobs.intake import take_in
from ticketdesk.services.mail.inbound.parse import MAX_SIZE
from ticketdesk.services.mail.inbound.verdict import Result
from ticketdesk.services.tickets.views import ResponseView, TicketView

routes = router("Mail", public=True)

# Providers wrap the message into base64 or a form of their own.
LARGEST = MAX_SIZE * 3 // 2

Provider = Literal["sendgrid", "postmark", "ses", "mailgun"]


class MailAnswer(Answer):
    """What became of a mail, and why."""

    result: Result
    ticket: TicketView | None
    response: ResponseView | None
    why: list[str]


_EXAMPLE = {
    "success": True,
    "result": "ignored",
    "ticket": None,
    "response": None,
    "why": ["Automatic mail, so nothing automatic answers: Auto-Submitted: auto-replied."],
}


@routes.post(
    "/api/tickets/webhook/email",
    response_model=MailAnswer,
    summary="Deliver a mail",
    responses=writing(401, 403, 413, 415) | shown(200, _EXAMPLE),
    openapi_extra={
        "security": [{"bearer": []}],
        "requestBody": {
            "required": True,
            "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
        },
    },
)
async def deliver_mail(
    request: Request,
    provider: Annotated[
        Provider | None, Query(description="Whose form the body has; none: the raw message.")
    ] = None,
    organization_id: Annotated[
        str | None,
        Query(
            alias="organizationId",
            max_length=100,
            description="Id or slug, where the provider's signature authorises the call.",
        ),
    ] = None,
) -> Response:
    """Take in one mail: a raw message as `message/rfc822`, or a provider's own form.

    Authorised by an API key of scope `inbound` or `admin`, or by the provider's signature. The
    message is kept before anything else; whatever it is, the answer tells what became of it.
    """
    body = await body_of(request)
    delivery = await run_in_threadpool(authorise, request, body, provider, organization_id)
    if delivery is None:
        return answer(Done())
    return await run_in_threadpool(_take_in, delivery)


def _take_in(delivery: Delivery) -> Response:
    mail = delivery.mail
    outcome = take_in(delivery.organization_id, mail.raw, delivery.via, mail.envelope_to)
    return answer(
        MailAnswer(
            result=outcome.result,
            ticket=outcome.ticket,
            response=outcome.response,
            why=outcome.why,
        )
    )


async def body_of(request: Request) -> bytes:
    """The whole body. Raises `TooLarge`, and `Malformed` for an empty or broken-off one."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > LARGEST:
        raise TooLarge(f"A mail may have {MAX_SIZE // 1024 // 1024} MB.")
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                raise TooLarge(f"A mail may have {MAX_SIZE // 1024 // 1024} MB.")
            parts.append(part)
    except ClientDisconnect as error:
        raise Malformed("The body ends too early.") from error
    if not size:
        raise Malformed("Send the message as the body.")
    return b"".join(parts)
