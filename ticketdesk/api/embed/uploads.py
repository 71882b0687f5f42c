"""`POST /api/embed/tickets/uploads`: one file, before there is a ticket; it expires after a day."""

from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from ticketdesk import unit_of_work
from ticketdesk.api.embed import door, room
from ticketdesk.errors import Invalid, TooLarge, UnsupportedKind
from ticketdesk.services.embed import limits, pending_files
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
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


async def embed_upload(request: Request) -> dict[str, Any]:
    """Keep a file for a ticket that is still being written.

    Multipart: `organizationId` and `file`. The answer's `attachment.id`
    goes into the `attachmentIds` of the submission and is good for a day.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UnsupportedKind("Send the file as multipart/form-data.")
    async with request.form(max_files=1, max_fields=5) as data:
        organization = data.get("organizationId")
        form = await door.form_for(request, str(organization or ""))
        file = data.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            message = say(door.language_of(request), "error.required")
            raise Invalid(message, fields={"file": message})
        handle = await store(form, file, client_address(request))
        return {
            "success": True,
            "attachment": {
                "id": handle,
                "originalName": file.filename,
                "mimeType": file.content_type,
                "size": file.size,
            },
        }


async def store(form: PublicForm, file: UploadFile, address: str) -> str:
    """Keep one file and return its handle.

    Raises:
        TooLarge: larger than the organization takes.
        TooMany: too many files from one address, or waiting for tickets in this organization.
        UnsupportedKind: not a kind the organization takes.
    """
    language, most = form.config.language, form.config.uploads.max_bytes
    if (file.size or 0) > most:
        size = f"{most // (1024 * 1024)} MB"
        message = say(language, "files.tooLarge", name=file.filename, size=size)
        raise TooLarge(message, fields={"file": message})
    organization_id = form.config.organization_id
    await room.run(
        limits.admit,
        (limits.UPLOAD_FROM, "upload-from", address),
        (limits.UPLOAD_TO, "upload-to", organization_id),
    )
    await room.run(limits.admit_bytes, address, file.size or 0)
    return await room.run(
        unit_of_work.as_anonymous,
        organization_id,
        pending_files.keep,
        file.file,
        file.filename or "file",
        file.content_type or "application/octet-stream",
    )
