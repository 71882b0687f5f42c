"""The dialog that makes a ticket of a chat: everything filled in, with the reason why."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.models.enums import AttachmentState, ChatEscalation, UserRole
from ticketdesk.services import idempotency, ticket_settings
from ticketdesk.services.chats import access, suggestion, to_ticket, transcript
from ticketdesk.services.chats.commands import TicketFromChat

_PREVIEW = 20
_LONGEST = 3_000
_TEXTS = ("subject", "priority", "category", "requesterName", "requesterEmail")
_REASONS = {
    ChatEscalation.ESCALATED: "The chat is escalated.",
    ChatEscalation.REQUESTED: "The customer asked for a person.",
}


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What the dialog starts with; `before` is the number of the chat's last ticket, or 0."""

    values: dict[str, str]
    reasons: dict[str, str]
    categories: list[str]
    preview: str
    messages: int
    files: int
    before: int


def begin(session: Session, actor: Actor, chat_id: str) -> TicketForm:
    """Return the filled-in form for a ticket from a chat.

    Raises:
        NotFound: no such chat.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    settings = ticket_settings.of(session, actor.organization_id).embed_config
    suggested = suggestion.category(session, actor, chat.id)
    before = access.tickets_of(session, [chat.id])[chat.id]
    count = session.exec(
        select(func.count()).select_from(ChatMessage).where(ChatMessage.chat_id == chat.id)
    ).one()
    return TicketForm(
        values={
            "subject": chat.title,
            "priority": str(to_ticket.suggested_priority(chat) or settings.default_priority),
            "category": suggested.category,
            "requesterName": chat.customer_name,
            "requesterEmail": chat.customer_email or "",
        },
        reasons={
            "priority": _REASONS.get(ChatEscalation(chat.escalation), ""),
            "category": suggested.reason,
        },
        categories=list(settings.categories),
        preview=_preview(session, actor, chat),
        messages=count,
        files=_files(session, chat),
        before=before[-1].ticket_number if before else 0,
    )


def submit(
    session: Session, actor: Actor, chat_id: str, values: dict[str, Any], *, click: str
) -> int:
    """Make the ticket and return its number; the same click again returns the same one.

    Args:
        values: the form's fields by their names; a checkbox is "on" or missing.
        click: names the opening of the dialog.

    Raises:
        Invalid: `fields` names what is wrong, by the names of the form.
        Conflict: the chat has no messages.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id)
    command = TicketFromChat.parse(
        {name: values[name] for name in _TEXTS if values.get(name)}
        | {
            "includeTranscript": bool(values.get("transcript")),
            "includeAttachments": bool(values.get("attachments")),
            "autoAssignToAgent": bool(values.get("assign")),
        }
    )

    def make() -> dict[str, Any]:
        ticket = to_ticket.create_ticket(session, actor, chat.id, command)
        return {"number": ticket.ticket_number}

    answer = idempotency.once(
        session, actor, click, f"chat-ticket:{chat.id}", {"chat": chat.id}, make
    )
    return int(answer["number"])


def _preview(session: Session, actor: Actor, chat: Chat) -> str:
    """The beginning of the transcript, exactly as the ticket will have it."""
    whole = transcript.of_first(session, actor, chat.id, _PREVIEW)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"


def _files(session: Session, chat: Chat) -> int:
    return session.exec(
        select(func.count())
        .select_from(TicketAttachment)
        .join(ChatMessage, col(ChatMessage.id) == TicketAttachment.chat_message_id)
        .where(
            ChatMessage.chat_id == chat.id,
            TicketAttachment.state != AttachmentState.QUARANTINED,
        )
    ).one()
