"""Chats: the way another chat system feeds them in, and from a chat to a ticket."""

from typing import Annotated, Any

from fastapi import Body, Path, Query
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api import chat_examples as examples
from ticketdesk.api import ticket_examples
from ticketdesk.api.answers import Answer, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import Cursor, IdempotencyKey, Limit
from ticketdesk.api.preconditions import etag
from ticketdesk.api.routing import router
from ticketdesk.api.ticket_answers import TicketAnswer
from ticketdesk.models.enums import ChatStatus
from ticketdesk.services.chats import chats, messages
from ticketdesk.services.chats.commands import AddMessage, CreateChat, TicketFromChat, UpdateChat
from ticketdesk.services.chats.to_ticket import create_ticket
from ticketdesk.services.chats.views import ChatView, MessageView

routes = router("Chats")

ChatRef = Annotated[str, Path(description="The chat's id.")]


class ChatAnswer(Answer):
    """One chat."""

    chat: ChatView


class ChatsAnswer(Answer):
    """One page of chats, the last active first."""

    chats: list[ChatView]
    next_cursor: str | None


class MessageAnswer(Answer):
    """One message."""

    message: MessageView


class MessagesAnswer(Answer):
    """One page of a chat's messages, oldest first."""

    messages: list[MessageView]
    next_cursor: str | None


@routes.get(
    "/api/chats",
    response_model=ChatsAnswer,
    summary="List chats",
    responses=reading(400)
    | shown(200, {"success": True, "chats": [examples.CHAT], "nextCursor": None}),
)
def list_chats(
    caller: SignedIn,
    status: Annotated[ChatStatus | None, Query(description="Only open or closed ones.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Give one page of the chats the caller may see."""
    page = caller.run(chats.list_chats, status=status, cursor=cursor, limit=limit)
    return answer(ChatsAnswer(chats=page.items, next_cursor=page.next_cursor))


@routes.post(
    "/api/chats",
    status_code=201,
    response_model=ChatAnswer,
    summary="Create a chat",
    responses=writing(409) | shown(201, {"success": True, "chat": examples.CHAT}),
)
def create_chat(
    caller: SignedIn,
    body: Annotated[CreateChat, Body(openapi_examples={"web": {"value": examples.CREATE}})],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Open a chat; an `externalId` that is known already gives the chat it belongs to."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        return {"success": True, "chat": chats.create(session, actor, body).wire()}

    return answer(caller.create(idempotency_key, "POST /api/chats", body, make), 201)


@routes.get(
    "/api/chats/{chat_id:ref}",
    response_model=ChatAnswer,
    summary="Read a chat",
    responses=reading(404) | shown(200, {"success": True, "chat": examples.CHAT}),
)
def read_chat(caller: SignedIn, chat_id: ChatRef) -> Response:
    """Give one chat with the tickets made from it."""
    return answer(ChatAnswer(chat=caller.run(chats.get, chat_id)))


@routes.patch(
    "/api/chats/{chat_id:ref}",
    response_model=ChatAnswer,
    summary="Change a chat",
    responses=writing(404, 409) | shown(200, {"success": True, "chat": examples.CHAT}),
)
def change_chat(
    caller: SignedIn,
    chat_id: ChatRef,
    body: Annotated[UpdateChat, Body(openapi_examples={"close": {"value": {"isClosed": True}}})],
) -> Response:
    """Rename, escalate, assign or close a chat."""
    return answer(ChatAnswer(chat=caller.run(chats.update, chat_id, body)))


@routes.get(
    "/api/chats/{chat_id:ref}/messages",
    response_model=MessagesAnswer,
    summary="List messages",
    responses=reading(400, 404)
    | shown(200, {"success": True, "messages": [examples.MESSAGE], "nextCursor": None}),
)
def list_messages(
    caller: SignedIn, chat_id: ChatRef, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """Give the messages of a chat, oldest first."""
    page = caller.run(messages.messages, chat_id, cursor=cursor, limit=limit)
    return answer(MessagesAnswer(messages=page.items, next_cursor=page.next_cursor))


@routes.post(
    "/api/chats/{chat_id:ref}/messages",
    status_code=201,
    response_model=MessageAnswer,
    summary="Add a message",
    responses=writing(404, 409) | shown(201, {"success": True, "message": examples.MESSAGE}),
)
def add_message(
    caller: SignedIn,
    chat_id: ChatRef,
    body: Annotated[AddMessage, Body(openapi_examples={"customer": {"value": examples.SAY}})],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Write a message; a `clientId` that is known already gives the message it belongs to."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        message = messages.add_message(session, actor, chat_id, body)
        return {"success": True, "message": message.wire()}

    route = f"POST /api/chats/{chat_id}/messages"
    return answer(caller.create(idempotency_key, route, body, make), 201)


@routes.post(
    "/api/tickets/from-chat/{chat_id:ref}",
    status_code=201,
    response_model=TicketAnswer,
    summary="Create a ticket from a chat",
    responses=writing(404, 409)
    | shown(201, {"success": True, "ticket": ticket_examples.TICKET | examples.FROM_CHAT}),
)
def ticket_from_chat(
    caller: SignedIn,
    chat_id: ChatRef,
    body: Annotated[
        TicketFromChat | None, Body(openapi_examples={"escalate": {"value": examples.ESCALATE}})
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Open a ticket with the chat's transcript, files and customer, linked both ways.

    Without a body everything is taken from the chat.
    """
    wanted = body or TicketFromChat()

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        ticket = create_ticket(session, actor, chat_id, wanted)
        return {"success": True, "ticket": ticket.wire()}

    route = f"POST /api/tickets/from-chat/{chat_id}"
    made = caller.create(idempotency_key, route, wanted, make)
    where = {"Location": f"/api/tickets/{made['ticket']['id']}"}
    return answer(made, 201, where | etag(made["ticket"]["version"]))
