"""Mail of tickets over REST: why it is here, what waits, how it fared."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from ticketdesk.adapters import remote_image
from ticketdesk.api.answers import Answer, Done, answer, failures, reading, shown
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.file_answer import guarded
from ticketdesk.api.mail import examples
from ticketdesk.api.mail.webhook import MailAnswer
from ticketdesk.api.parameters import TicketRef
from ticketdesk.api.routing import router
from ticketdesk.errors import NotFound
from ticketdesk.models.enums import ContentFormat
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail import remote_images
from ticketdesk.services.mail.intake import failed, held, originals
from ticketdesk.services.mail.intake.views import MailView, Outcome
from ticketdesk.services.mail.of_ticket import of_ticket
from ticketdesk.services.mail.outbound import deliveries, undo
from ticketdesk.services.mail.outbound.deliveries import DeliveryView
from ticketdesk.services.mail.whole import whole_html

routes = router("Mail")

MailRef = Annotated[str, Path(description="The message's id.")]
ResponseRef = Annotated[str, Path(description="The response's id.")]
_CHANGING = failures(401, 403, 404, 409, 422, 429, 503)
_OUTCOME = _CHANGING | shown(200, examples.OUTCOME)


class TicketMailAnswer(Answer):
    """Incoming messages and deliveries of a ticket."""

    messages: list[MailView]
    deliveries: list[DeliveryView]


class WholeAnswer(Answer):
    """A message as it may be looked at."""

    html: str
    remote: int


class FailedMailAnswer(Answer):
    """What could not be taken in, and what did not leave or came back."""

    messages: list[MailView]
    deliveries: list[DeliveryView]


class AgainAnswer(Answer):
    """How many messages are read again and how many mails go out again, together."""

    again: int


class TakenBackAnswer(Answer):
    """What the composer gets back."""

    content: str
    content_format: ContentFormat
    cc: list[str]
    bcc: list[str]


@routes.get(
    "/api/tickets/{ticket_id:ref}/mail",
    response_model=TicketMailAnswer,
    summary="List the mail of a ticket",
    responses=reading(404)
    | shown(
        200,
        {"success": True, "messages": [examples.MESSAGE], "deliveries": [examples.DELIVERY]},
    ),
)
def list_ticket_mail(caller: SignedIn, ticket_id: TicketRef) -> Response:
    """Give each incoming message with why it is here, and each mail sent with its state."""
    found = caller.run(of_ticket, ticket_id)
    return answer(TicketMailAnswer(messages=found.messages, deliveries=found.deliveries))


@routes.get(
    "/api/mail/{mail_id:ref}/original",
    summary="Download a message as it came",
    response_class=Response,
    responses=reading(404)
    | {200: {"content": {"message/rfc822": {}}, "description": "The bytes."}},
)
def download_original(caller: SignedIn, mail_id: MailRef) -> Response:
    """Give the raw message, byte by byte."""
    raw = caller.run(originals.original, mail_id)
    headers = guarded("attachment", f"{mail_id}.eml")
    return Response(raw, media_type="message/rfc822", headers=headers)


@routes.get(
    "/api/mail/{mail_id:ref}/whole",
    response_model=WholeAnswer,
    summary="Read a message with what it quotes",
    responses=reading(404) | shown(200, {"success": True, "html": "<p>Hello.</p>", "remote": 0}),
)
def read_whole(caller: SignedIn, mail_id: MailRef) -> Response:
    """Give it as sanitised HTML; `remote` images wait under addresses of the desk."""
    html, remote = remote_images.block(caller.run(whole_html, mail_id), mail_id)
    return answer(WholeAnswer(html=html, remote=remote))


@routes.get(
    "/api/messages/{message_id:ref}/images/{digest:ref}",
    summary="Fetch a remote image of a message",
    response_class=Response,
    responses=reading(404) | {200: {"content": {"image/*": {}}, "description": "The image."}},
)
def fetch_image(
    caller: SignedIn,
    message_id: Annotated[str, Path(description="A response's, ticket's or message's id.")],
    digest: Annotated[str, Path(description="Which image, as `data-remote` names it.")],
) -> Response:
    """Fetch it in the reader's place: the sender's servers learn nothing of who reads."""
    url = caller.run(remote_images.find, message_id, digest)
    try:
        image = remote_image.fetch(url)
    except remote_image.ImageRefused as refusal:
        raise NotFound(str(refusal)) from refusal
    headers = guarded("inline", "image") | {"Cache-Control": "private, max-age=86400"}
    return Response(image.content, media_type=image.kind, headers=headers)


@routes.post(
    "/api/mail/{mail_id:ref}/accept",
    response_model=MailAnswer,
    summary="Accept a held message",
    responses=_OUTCOME,
)
def accept_mail(caller: SignedIn, mail_id: MailRef) -> Response:
    """Append it to the ticket it waits in; its sender takes part from now on."""
    return _outcome(caller.run(held.accept, mail_id))


@routes.post(
    "/api/mail/{mail_id:ref}/ticket",
    response_model=MailAnswer,
    summary="Make a ticket of a held message",
    responses=_OUTCOME,
)
def make_ticket_of_mail(caller: SignedIn, mail_id: MailRef) -> Response:
    """Open a new ticket, linked to the one it waited in."""
    return _outcome(caller.run(held.make_ticket, mail_id))


@routes.post(
    "/api/mail/{mail_id:ref}/discard",
    response_model=MailAnswer,
    summary="Discard a held message",
    responses=_OUTCOME,
)
def discard_mail(caller: SignedIn, mail_id: MailRef) -> Response:
    """Put it away; the original is kept."""
    return _outcome(caller.run(held.discard, mail_id))


@routes.get(
    "/api/mail/failed",
    response_model=FailedMailAnswer,
    summary="List failed mail",
    responses=reading()
    | shown(200, {"success": True, "messages": [], "deliveries": [examples.DELIVERY]}),
)
def list_failed_mail(caller: SignedIn) -> Response:
    """Give the newest messages that could not be taken in and mails that did not arrive."""
    messages = caller.run(failed.listing, (MailState.FAILED,))
    return answer(FailedMailAnswer(messages=messages, deliveries=caller.run(deliveries.failed)))


@routes.post(
    "/api/mail/failed/again",
    response_model=AgainAnswer,
    summary="Try all failed mail again",
    responses=failures(401, 403, 422, 429, 503) | shown(200, {"success": True, "again": 3}),
)
def try_failed_again(caller: SignedIn) -> Response:
    """Read again what could not be taken in; send what was given up, under its old Message-ID."""
    read = caller.run(failed.all_again)
    return answer(AgainAnswer(again=read + caller.run(deliveries.send_all_again)))


@routes.post(
    "/api/mail/{mail_id:ref}/again",
    response_model=Done,
    summary="Take a failed message in again",
    responses=_CHANGING,
)
def take_in_again(caller: SignedIn, mail_id: MailRef) -> Response:
    """Judge it once more within a minute; a message that did not fail stays as it is."""
    caller.run(failed.again, mail_id)
    return answer(Done())


@routes.post(
    "/api/responses/{response_id:ref}/send-again",
    response_model=Done,
    summary="Send the mail of a response again",
    responses=_CHANGING,
)
def send_response_again(caller: SignedIn, response_id: ResponseRef) -> Response:
    """Put the failed mail back into the queue, under its old Message-ID."""
    caller.run(deliveries.send_again, response_id)
    return answer(Done())


@routes.post(
    "/api/responses/{response_id:ref}/take-back",
    response_model=TakenBackAnswer,
    summary="Undo a reply that has not left",
    responses=_CHANGING,
)
def take_response_back(caller: SignedIn, response_id: ResponseRef) -> Response:
    """Remove an own reply within the undo window; its words come back."""
    found = caller.run(undo.take_back, response_id)
    return answer(
        TakenBackAnswer(
            content=found.content,
            content_format=found.content_format,
            cc=found.cc,
            bcc=found.bcc,
        )
    )


def _outcome(found: Outcome) -> Response:
    return answer(
        MailAnswer(result=found.result, ticket=found.ticket, response=found.response, why=found.why)
    )
