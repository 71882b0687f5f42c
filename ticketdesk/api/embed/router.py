"""`/api/embed/tickets/…`: the public form's own API (contract.md, REST)."""

import hashlib
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor, anonymous
from ticketdesk.api.answers import reading, shown, writing
from ticketdesk.api.embed import door, room, uploads
from ticketdesk.api.parameters import IdempotencyKey
from ticketdesk.errors import NotFound, Unauthenticated
from ticketdesk.services.embed import limits, proof, submission, tracking, tracking_links, visits
from ticketdesk.services.embed.commands import SubmitTicket
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.embed.submission import Arrival
from ticketdesk.services.embed.visits import CountVisit
from ticketdesk.settings import settings
from ticketdesk.unit_of_work import Credential
from ticketdesk.web.client_address import client_address
from ticketdesk.web.etag import is_known
from ticketdesk.web.gate import COOKIE

_PREFIX = "/api/embed/tickets"

router = APIRouter(prefix=_PREFIX, tags=["Public form"], route_class=door.DoorRoute)
preflights = APIRouter(prefix=_PREFIX, include_in_schema=False)

Organization = Annotated[
    str, Query(alias="organizationId", min_length=1, max_length=100, examples=["acme"])
]

Locale = Annotated[
    str, Query(max_length=35, description="A language tag; else Accept-Language decides.")
]

_SUBMITTED = {
    "success": True,
    "ticket": {
        "id": "ticket_0193…",
        "ticketNumber": 1001,
        "subject": "Cannot login to my account",
        "status": "NEW",
        "trackingUrl": "https://support.example.com/track/1001-9f3c…",
    },
}


@preflights.options("/{name}")
async def embed_preflight(name: str, request: Request) -> Response:
    """Let the sites of organizations call from their own pages."""
    return door.preflight(request)


@router.get("/form-config", responses=reading(404))
async def embed_form_config(
    request: Request, organization: Organization, locale: Locale = ""
) -> Response:
    """Return what a form needs to be drawn and checked; ready for caches by its ETag."""
    form = await door.form_for(request, organization)
    body = json.dumps({"success": True, "config": form.config.wire()}, ensure_ascii=False).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60"}
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


@router.post("/submit", status_code=201, responses=writing(404, 409) | shown(201, _SUBMITTED))
async def embed_submit(
    request: Request,
    body: SubmitTicket,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Open a ticket from the public form."""
    form = await door.form_for(request, body.organization_id)
    language, address = door.language_of(request), client_address(request)
    arrival = Arrival(
        address=address,
        user_agent=request.headers.get("user-agent", ""),
        page=request.headers.get("referer", ""),
        language=language,
    )
    credential = credential_of(request)
    ticket = await room.run(_submit, form, body, arrival, credential, key)
    return {"success": True, "ticket": ticket}


def _submit(
    form: PublicForm, body: SubmitTicket, arrival: Arrival, credential: Credential, key: str | None
) -> dict[str, Any]:
    """Check, count, prove, make: the cheap refusals come first."""
    submission.check(form, body, arrival.language)
    sender = sender_of(form, credential)
    submission.require_sender(form, sender)
    submission.admit(form, body, arrival.address)
    proof.require(form, body.captcha, arrival.address)
    wanted = submission.asked_only(form, body)
    return unit_of_work.as_actor(sender, submission.submit, wanted, arrival, key=key)


def credential_of(request: Request) -> Credential:
    """Return what the caller brought; the cookie counts only when our own page sends it."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    origin = request.headers.get("origin")
    cookie = request.cookies.get(COOKIE) if origin and door.is_own(request, origin) else None
    return Credential(session_token=cookie, bearer=token if scheme.lower() == "bearer" else None)


def sender_of(form: PublicForm, credential: Credential) -> Actor:
    """Return who sends: a visitor, unless the organization hears only from people it knows."""
    visitor = anonymous(form.config.organization_id)
    if form.config.allow_anonymous or not (credential.bearer or credential.session_token):
        return visitor
    try:
        return unit_of_work.resolve(credential)
    except Unauthenticated:
        return visitor


@router.get("/challenge", responses=reading(404))
async def embed_challenge(request: Request, organization: Organization) -> dict[str, Any]:
    """Return a proof of work to solve, or which hosted service to ask."""
    form = await door.form_for(request, organization)
    await room.run(limits.admit, (limits.CHALLENGE_FROM, "challenge-from", client_address(request)))
    asked = form.config.captcha
    return {
        "success": True,
        "required": asked.mode == "always",
        "provider": asked.provider,
        "siteKey": asked.site_key,
        "challenge": proof.captcha_of(form).challenge(form.config.organization_id),
    }


@router.get("/status", responses=reading(404))
async def embed_status(
    request: Request,
    token: Annotated[
        str, Query(max_length=200, description="The last part of the tracking address.")
    ] = "",
    ticket_number: Annotated[str, Query(alias="ticketNumber", max_length=20)] = "",
) -> dict[str, Any]:
    """Return the public side of a ticket by its tracking token; 404 for anything else."""
    await room.run(limits.admit, (limits.LOOK_UP_FROM, "look-up-from", client_address(request)))
    reference = token if "-" in token else f"{ticket_number}-{token}"
    request.state.door_headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    ticket = await room.run(_status, reference, door.language_of(request))
    return {"success": True, "ticket": ticket}


def _status(reference: str, language: str) -> dict[str, Any]:
    found = unit_of_work.across(tracking_links.find, reference)
    if found is None:
        raise NotFound("There is no such ticket.")
    organization_id, ticket_id = found
    ticket = unit_of_work.as_anonymous(organization_id, tracking.read, ticket_id)
    return {
        "ticketNumber": ticket.ticket_number,
        "subject": ticket.subject,
        "status": ticket.status,
        "statusText": say(language, f"status.{ticket.status}"),
        "createdAt": ticket.wire()["createdAt"],
        "updatedAt": ticket.wire()["updatedAt"],
        "trackingUrl": f"{settings().base_url}/track/{reference}",
        "responses": [message.wire() for message in ticket.messages[1:]],
    }


@router.post("/events", status_code=204, responses=writing(404))
async def embed_event(request: Request, body: CountVisit) -> None:
    """Count how far a visit of the form got; it carries nothing about the person."""
    await room.run(limits.admit, (limits.EVENTS_FROM, "events-from", client_address(request)))
    form = await door.form_for(request, body.organization_id)
    await room.run(unit_of_work.as_anonymous, form.config.organization_id, visits.count, body)


uploading = APIRouter(prefix=_PREFIX, tags=["Public form"], route_class=door.UploadRoute)
uploading.add_api_route(
    "/uploads",
    uploads.embed_upload,
    methods=["POST"],
    status_code=201,
    responses=writing(404),
    openapi_extra=uploads.BODY,
)
