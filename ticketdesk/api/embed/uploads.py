"""`POST /api/embed/tickets/uploads`: one file, before there is a ticket; it expires after a day."""

from typing import Annotated, Any

from fastapi import Query, Request

from ticketdesk.api.embed import door, receiving
from ticketdesk.api.file_upload import Values
from ticketdesk.errors import Invalid, TicketDeskError
from ticketdesk.services.embed import file_refusals
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
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


async def embed_upload(request: Request, organization: Organization = "") -> dict[str, Any]:
    """Keep a file for a ticket that is still being written.

    Multipart: `organizationId`, then `file`. The answer's `attachment.id`
    goes into the `attachmentIds` of the submission and is good for a day.
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
    (handle,) = await receiving.keep(forms[0].config.organization_id, taken)
    return {
        "success": True,
        "attachment": {
            "id": handle,
            "originalName": taken[0].name,
            "mimeType": taken[0].mime_type,
            "size": taken[0].stored.size,
        },
    }
