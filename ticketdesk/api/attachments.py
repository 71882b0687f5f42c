"""Files: upload, list, serve, remove."""

from typing import Annotated, Any, Literal

from fastapi import Query, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.api.answers import Answer, Done, answer, failures, reading, shown
from ticketdesk.api.caller import Caller, SignedIn, authenticate
from ticketdesk.api.file_answer import file_answer, guarded
from ticketdesk.api.file_threads import in_file_thread, pieces_of
from ticketdesk.api.file_upload import receive
from ticketdesk.api.parameters import IdempotencyKey, TicketRef
from ticketdesk.api.routing import router
from ticketdesk.errors import Forbidden
from ticketdesk.services import idempotency
from ticketdesk.services.files import bundle, remove, uploads
from ticketdesk.services.files import reading as files
from ticketdesk.services.files.reading import Served, Variant
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.views import AttachmentView

routes = router("Files")
served = router("Files", public=True)

_OF_TICKET = "/api/tickets/{ticket_id:ref}/attachments"
_EXAMPLE = {
    "id": "file_0199c0de0000700080000000000000a1",
    "filename": "screenshot.png",
    "originalName": "screenshot.png",
    "mimeType": "image/png",
    "size": 48213,
    "url": "/api/attachments/file_0199c0de0000700080000000000000a1",
    "thumbnailUrl": None,
    "previewUrl": None,
    "width": 1280,
    "height": 720,
    "state": "READY",
    "isInline": False,
    "responseId": None,
    "createdAt": "2026-03-02T11:00:00.000Z",
}
_MANY: dict[str, Any] = {"success": True, "attachments": [_EXAMPLE]}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                        }
                    },
                }
            }
        },
    }
}
_UPLOADING = failures(400, 401, 403, 404, 409, 413, 415, 422, 429, 503) | shown(201, _MANY)
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file."},
    206: {"content": {"application/octet-stream": {}}, "description": "The range asked for."},
    302: {"description": "The storage's own address, where downloads go there."},
    304: {"description": "Not changed."},
    416: {"description": "The range does not exist."},
}

Size = Annotated[Literal["small", "large"], Query(description="200 or 1,600 pixels.")]
Disposition = Annotated[
    Literal["inline", "attachment"] | None,
    Query(description="`attachment` saves pictures, too. Only safe pictures are ever shown."),
]
Expires = Annotated[str | None, Query(max_length=12, description="Of a signed address.")]
Signature = Annotated[str | None, Query(max_length=128, description="Of a signed address.")]


class AttachmentsAnswer(Answer):
    """Files."""

    attachments: list[AttachmentView]


@routes.get(
    _OF_TICKET,
    response_model=AttachmentsAnswer,
    summary="List a ticket's files",
    responses=reading(404) | shown(200, _MANY),
)
def list_attachments(caller: SignedIn, ticket_id: TicketRef) -> Response:
    """Give the files of a ticket and its messages, oldest first."""
    return answer(AttachmentsAnswer(attachments=caller.run(read.attachments, ticket_id)))


@routes.post(
    _OF_TICKET,
    status_code=201,
    response_model=AttachmentsAnswer,
    summary="Upload files to a ticket",
    responses=_UPLOADING,
    openapi_extra=_BODY,
)
async def upload_to_ticket(
    request: Request,
    caller: SignedIn,
    ticket_id: TicketRef,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Attach files: multipart/form-data with any number of parts named `file`, all or none."""
    return await _upload(request, caller, ticket_id, idempotency_key)


@routes.post(
    "/api/attachments",
    status_code=201,
    response_model=AttachmentsAnswer,
    summary="Upload files ahead of a message",
    responses=_UPLOADING,
    openapi_extra=_BODY,
)
async def upload_ahead(
    request: Request, caller: SignedIn, idempotency_key: IdempotencyKey = None
) -> Response:
    """Upload files that a new ticket or response will name in `attachmentIds` within a day."""
    return await _upload(request, caller, None, idempotency_key)


@routes.delete(
    _OF_TICKET + "/{attachment_id:ref}",
    response_model=Done,
    summary="Remove a file from a ticket",
    responses=reading(404) | shown(200, {"success": True}),
)
def remove_attachment(caller: SignedIn, ticket_id: TicketRef, attachment_id: str) -> Response:
    """Delete a file for good: agents only."""
    caller.run(remove.remove, ticket_id, attachment_id)
    return answer(Done())


@routes.delete(
    "/api/attachments/{attachment_id:ref}",
    response_model=Done,
    summary="Take an upload back",
    responses=reading(404) | shown(200, {"success": True}),
)
def take_back_attachment(caller: SignedIn, attachment_id: str) -> Response:
    """Delete an own upload that no message names yet."""
    caller.run(remove.take_back, attachment_id)
    return answer(Done())


@routes.get(
    "/api/tickets/{ticket_id:ref}/attachments.zip",
    response_class=StreamingResponse,
    summary="Download all files of a ticket",
    responses=reading(404) | {200: {"content": {"application/zip": {}}}},
)
async def download_all(caller: SignedIn, ticket_id: TicketRef) -> Response:
    """Give all files of a ticket as one ZIP, made while it is sent."""
    found = await in_file_thread(caller.run, bundle.of_ticket, ticket_id)
    headers = guarded("attachment", found.name) | {"Cache-Control": "private, no-store"}
    return StreamingResponse(
        pieces_of(bundle.stream(found)), headers=headers, media_type="application/zip"
    )


@served.head("/api/attachments/{attachment_id:ref}", include_in_schema=False)
@served.get(
    "/api/attachments/{attachment_id:ref}",
    response_class=StreamingResponse,
    summary="Download a file",
    responses=reading(404, 409) | _BYTES,
)
async def download(
    request: Request,
    attachment_id: str,
    disposition: Disposition = None,
    expires: Expires = None,
    signature: Signature = None,
) -> Response:
    """Give a file to whoever may see it, or has a signed address that has not expired."""
    found = await _find(request, attachment_id, "original", disposition, expires, signature)
    return await file_answer(request.method, request.headers, found)


@served.head("/api/attachments/{attachment_id:ref}/thumbnail", include_in_schema=False)
@served.get(
    "/api/attachments/{attachment_id:ref}/thumbnail",
    response_class=StreamingResponse,
    summary="Show a file's preview",
    responses=reading(404, 409) | _BYTES,
)
async def thumbnail(
    request: Request,
    attachment_id: str,
    size: Size = "small",
    disposition: Disposition = None,
    expires: Expires = None,
    signature: Signature = None,
) -> Response:
    """Give the WebP preview of a picture or a PDF's first page."""
    variant: Variant = "preview" if size == "large" else "thumbnail"
    found = await _find(request, attachment_id, variant, disposition, expires, signature)
    return await file_answer(request.method, request.headers, found)


async def _find(
    request: Request,
    attachment_id: str,
    variant: Variant,
    disposition: Literal["inline", "attachment"] | None,
    expires: str | None,
    signature: str | None,
) -> Served:
    if signature is None and expires is None:
        caller = await authenticate(request)
        return await in_file_thread(caller.run, files.open_for, attachment_id, variant, disposition)
    if signature is None or expires is None:
        raise Forbidden("This link is not valid. Ask for a new one.", code="link_invalid")
    return await in_file_thread(
        unit_of_work.across,
        files.open_signed,
        attachment_id,
        variant,
        disposition=disposition or "attachment",
        expires=expires,
        signed=signature,
    )


async def _upload(
    request: Request, caller: Caller, reference: str | None, key: str | None
) -> Response:
    admission = await in_file_thread(caller.run, uploads.admit, reference)
    taken = await receive(request, admission)
    said = [[one.name, one.mime_type, one.stored.sha256] for one in taken]
    route = f"POST attachments {reference or ''}"

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        views = uploads.keep(session, actor, reference, taken)
        return AttachmentsAnswer(attachments=views).wire()

    def once(session: Session, actor: Actor) -> dict[str, Any]:
        return idempotency.once(session, actor, key, route, said, lambda: make(session, actor))

    try:
        made = await in_file_thread(caller.run, once)
    finally:
        for one in taken:
            await in_file_thread(one.incoming.discard)
    return answer(made, 201)
