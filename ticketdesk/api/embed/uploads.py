"""`POST /api/embed/tickets/uploads`: one file, before there is a ticket; it expires after a day."""

from typing import Annotated, Any

from fastapi import Query, Request

from ticketdesk.api.embed import door, receiving
from ticketdesk.api.file_upload import Values
from ticketdesk.api.parameters import IdempotencyKey
from ticketdesk.errors import Invalid, TicketDeskError
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.embed import file_refusals
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.files import names
from ticketdesk.services.files.uploads import Admission
from ticketdesk.web.client_address import client_address

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["organizationId", "file"],
                    "properties": {
                        "organizationId": {"type": "string"},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}
"""How the documentation describes the body, which is read by hand to keep it on the disk."""

Organization = Annotated[
    str,
    Query(alias="organizationId", max_length=100, description="Instead of the field of that name."),
]


class WaitingFile(View):
    """A file without a ticket; nobody can fetch it yet, so it has no address."""

    id: str
    filename: str
    original_name: str
    mime_type: str
    size: int
    url: None = None
    thumbnail_url: None = None
    created_at: Moment


async def embed_upload(
    request: Request, organization: Organization = "", key: IdempotencyKey = None
) -> dict[str, Any]:
    """Keep a file for a ticket that is still being written.

    Multipart: `organizationId`, then `file`. The `id` in the answer's `attachments` goes into the
    `attachmentIds` of the submission and is good for a day; it has no address before that.
    """
    forms: list[PublicForm] = []

    def admit(values: Values) -> Admission:
        named = dict(values).get("organizationId", organization)
        if not named:
            message = "Send organizationId before the file."
            raise Invalid(message, fields={"organizationId": message})
        form = door.form_now(request, named[:100])
        forms.append(form)
        return receiving.admission(form.config.organization_id, client_address(request), 1)

    language = door.language_of(request)
    try:
        _, taken = await receiving.receive(request, admit)
    except TicketDeskError as error:
        raise file_refusals.spoken(error, language) from error
    if not taken:
        message = say(language, "error.required")
        raise Invalid(message, fields={"file": message})
    place = "POST /api/embed/tickets/uploads"
    waiting = await receiving.keep_once(request, forms[0].config.organization_id, taken, place)
    kept = WaitingFile(
        id=waiting.handle,
        filename=names.disk_name(taken[0].name),
        original_name=taken[0].name,
        mime_type=taken[0].mime_type,
        size=taken[0].stored.size,
        created_at=waiting.since,
    ).wire()
    # Forms that browsers have kept read the second one.
    return {"success": True, "attachments": [kept], "attachment": kept}
