"""`/api/organization/logo`: the logo of mails and public pages."""

from tempfile import TemporaryFile

from fastapi import Request
from starlette.responses import Response

from ticketdesk.adapters.pictures.logo import draw_logo
from ticketdesk.api.answers import Answer, Done, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.file_threads import in_file_thread
from ticketdesk.api.file_upload import receive
from ticketdesk.api.routing import router
from ticketdesk.errors import UnsupportedKind
from ticketdesk.services.desk import settings_logo
from ticketdesk.services.files.intake import Taken

routes = router("Organization")

_PATH = "/api/organization/logo"
_EXAMPLE = {"success": True, "logoUrl": "/embed/logo/logo_0199d3c2a1b07c33b1f2a9d0c4e5f601.png"}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_PIECE = 256 * 1024


class LogoAnswer(Answer):
    """Where the logo is."""

    logo_url: str


@routes.post(
    _PATH,
    response_model=LogoAnswer,
    summary="Upload the logo",
    responses=writing(413, 415) | shown(200, _EXAMPLE),
    openapi_extra=_BODY,
)
async def upload_logo(request: Request, caller: SignedIn) -> Response:
    """Take a PNG, JPEG, GIF, WebP or AVIF as the organization's logo; it is drawn anew as a PNG."""
    admission = await in_file_thread(caller.run, settings_logo.admit)
    (taken,) = await receive(request, admission)
    try:
        picture = await in_file_thread(_drawn, taken)
    finally:
        await in_file_thread(taken.incoming.discard)
    url = await in_file_thread(caller.run, settings_logo.keep, picture)
    return answer(LogoAnswer(logo_url=url))


@routes.delete(
    _PATH,
    response_model=Done,
    summary="Remove the logo",
    responses=reading() | shown(200, {"success": True}),
)
def remove_logo(caller: SignedIn) -> Response:
    """Show the organization's name again instead of a logo."""
    caller.run(settings_logo.remove)
    return answer(Done())


def _drawn(taken: Taken) -> bytes:
    with TemporaryFile() as file, taken.incoming.reader() as source:
        while piece := source.read(_PIECE):
            file.write(piece)
        file.seek(0)
        picture = draw_logo(file, taken.mime_type)
    if picture is None:
        message = "This picture cannot be drawn. Try another one."
        raise UnsupportedKind(message, fields={"file": message})
    return picture
