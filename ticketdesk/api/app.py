"""`api`: every resource's routes in one application; it also runs alone."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from ticketdesk.api import (
    api_keys,
    attachments,
    auth,
    chats,
    docs,
    events,
    failures,
    health,
    organization,
    organization_logo,
    people,
    reports,
    responses,
    rules,
    sla,
    ticket_moves,
    ticket_relations,
    ticket_tracking,
    tickets,
    users,
    whole_text,
)
from ticketdesk.api.embed import captcha_secret
from ticketdesk.api.embed import chat as embed_chat
from ticketdesk.api.embed import router as embed
from ticketdesk.api.frame import Frame
from ticketdesk.api.mail import events as mail_events
from ticketdesk.api.mail import messages as mail_messages
from ticketdesk.api.mail import settings as mail_settings
from ticketdesk.api.mail import webhook

_ABOUT = """\
Everything the desk can do, for other programs. JSON with camelCase keys, times in UTC with `Z`.

Send an API key (Settings → API keys) or the token of `POST /api/auth/login` as
`Authorization: Bearer …`. Failures look like
`{"success": false, "error": {"code": "…", "message": "…", "fields": {…}}}`. Every create takes
an `Idempotency-Key`; `ETag` and `If-Match` guard against overwriting each other's changes.
"""

api = FastAPI(
    title="TicketDesk",
    version="1.0.0",
    description=_ABOUT,
    docs_url=None,
    redoc_url=None,
    openapi_url=None,  # `docs.py` gives it
    redirect_slashes=False,
    generate_unique_id_function=lambda route: route.name,
    middleware=[Middleware(Frame)],
)
failures.install(api)
for resource in (
    auth.public,
    auth.signed_in,
    reports.routes,
    tickets.routes,
    responses.routes,
    attachments.routes,
    attachments.served,
    ticket_moves.routes,
    ticket_relations.routes,
    ticket_tracking.routes,
    whole_text.routes,
    chats.routes,
    users.routes,
    organization.routes,
    organization_logo.routes,
    people.routes,
    sla.routes,
    rules.routes,
    api_keys.routes,
    events.routes,
    webhook.routes,
    mail_events.routes,
    mail_messages.routes,
    mail_settings.routes,
    embed.router,
    embed.uploading,
    embed.preflights,
    embed_chat.router,
    embed_chat.preflights,
    captcha_secret.routes,
    docs.routes,
    health.routes,
):
    api.include_router(resource)
