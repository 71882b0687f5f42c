"""What a person may ask for: a copy of what the desk holds of them, and its erasure."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from ticketdesk.api.answers import Answer, answer, reading, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.file_answer import guarded
from ticketdesk.api.file_threads import in_file_thread, pieces_of
from ticketdesk.api.routing import router
from ticketdesk.models.wire import Command
from ticketdesk.services.privacy import erase, export
from ticketdesk.services.privacy.erase import ErasureView

routes = router("Organization")

Address = Annotated[str, Query(max_length=254, examples=["jane@customer.example"])]


class ErasePerson(Command):
    """Whom to erase; the address is given twice, because there is no way back."""

    email: str
    confirmation: str


class ErasureAnswer(Answer):
    """The erasure as it was promised; a job does it."""

    erasure: ErasureView


class ErasuresAnswer(Answer):
    """The latest erasures."""

    erasures: list[ErasureView]


@routes.get(
    "/api/people/export",
    response_class=StreamingResponse,
    summary="Download what the desk holds of a person",
    responses=reading(404, 422) | {200: {"content": {"application/zip": {}}}},
)
async def export_person(caller: SignedIn, email: Address) -> Response:
    """Give a person's tickets, messages, chats and files as one ZIP, to admins."""
    copy = await in_file_thread(caller.run, export.of_person, email)
    headers = guarded("attachment", copy.name) | {"Cache-Control": "private, no-store"}
    return StreamingResponse(
        pieces_of(export.stream(copy)), headers=headers, media_type="application/zip"
    )


@routes.get(
    "/api/people/erasures",
    response_model=ErasuresAnswer,
    summary="List erasures",
    responses=reading(),
)
def list_erasures(caller: SignedIn) -> Response:
    """Give the latest erasures, newest first; they never say who it was."""
    return answer(ErasuresAnswer(erasures=caller.run(erase.list_erasures)))


@routes.post(
    "/api/people/erasures",
    response_model=ErasureAnswer,
    status_code=201,
    summary="Erase a person",
    responses=writing(404),
)
def erase_person(caller: SignedIn, body: ErasePerson) -> Response:
    """Replace a person's name, address and content everywhere, for good; counts stay."""
    done = caller.run(erase.request, body.email, body.confirmation)
    return answer(ErasureAnswer(erasure=done), status=201)
