"""`POST /api/tickets/webhook/email/events`: what providers tell about mails they took."""

from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.adapters.email.events.table import PROVIDERS
from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.email.inbound.call import Unreadable
from ticketdesk.api.answers import Answer, answer, shown, writing
from ticketdesk.api.mail.authority import by_signature, call_of
from ticketdesk.api.mail.webhook import body_of
from ticketdesk.api.routing import router
from ticketdesk.errors import Malformed
from ticketdesk.services.mail.outbound.fates import take_news

routes = router("Mail", public=True)


class EventsAnswer(Answer):
    """How many of the events were about mails of the desk."""

    known: int


@routes.post(
    "/api/tickets/webhook/email/events",
    response_model=EventsAnswer,
    summary="Tell what became of mails",
    responses=writing(401, 413) | shown(200, {"success": True, "known": 1}),
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": {}}}}
    },
)
async def tell_events(
    request: Request,
    provider: Annotated[Literal["sendgrid", "postmark", "ses"], Query()],
    organization_id: Annotated[str, Query(alias="organizationId", max_length=100)],
) -> Response:
    """Take a provider's delivery events, authorised by its signature alone."""
    body = await body_of(request)
    return await run_in_threadpool(_take, request, body, provider, organization_id)


def _take(request: Request, body: bytes, provider: str, organization: str) -> Response:
    call, teller = call_of(request, body), PROVIDERS[provider]
    organization_id, _ = by_signature(call, teller.verify, organization)
    try:
        news = teller.read(call)
    except (Unreadable, SignatureRefused) as error:
        raise Malformed(str(error)) from error
    known = unit_of_work.as_system(organization_id, take_news, news)
    return answer(EventsAnswer(known=known))
