"""Which files exist for a caller (semantics.md, Access); another organization's never do."""

from typing import Any

from sqlmodel import Session, col, or_, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound, Unauthenticated
from ticketdesk.models import Chat, ChatMessage, Ticket, TicketAttachment, TicketResponse
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.services.tickets import access


def find(
    session: Session, actor: Actor, attachment_id: str, *, lock: bool = False
) -> TicketAttachment:
    """Return a file's row, if the caller may see the file.

    Staff see the files of every ticket and chat; customers those of their own, internal notes
    aside. What waits for a message is its uploader's alone, what is quarantined the admins'.

    Raises:
        Unauthenticated: the caller is nobody.
        NotFound: missing, foreign, or not for this caller.
    """
    if actor.role is None:
        raise Unauthenticated("Sign in first.")
    query = select(TicketAttachment).where(
        TicketAttachment.organization_id == actor.organization_id,
        TicketAttachment.id == attachment_id,
    )
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not _may_see(session, actor, row):
        raise NotFound("There is no such file.")
    return row


def shown_to(actor: Actor) -> Any:
    """Return the SQL condition that hides quarantined files from everybody but admins."""
    if actor.role is UserRole.ADMIN:
        return col(TicketAttachment.id).is_not(None)
    return col(TicketAttachment.state) != AttachmentState.QUARANTINED


def is_waiting(row: TicketAttachment) -> bool:
    """Whether nothing refers to an upload yet."""
    return not (row.ticket_id or row.response_id or row.chat_message_id)


def _may_see(session: Session, actor: Actor, row: TicketAttachment) -> bool:
    if row.state == AttachmentState.QUARANTINED and actor.role is not UserRole.ADMIN:
        return False
    if is_waiting(row):
        return _is_own(actor, row)
    return actor.is_staff or _is_of_a_customer(session, actor, row)


def _is_own(actor: Actor, row: TicketAttachment) -> bool:
    if actor.user_id is not None:
        return row.uploaded_by_id == actor.user_id
    return actor.is_staff and row.uploaded_by_id is None and row.upload_token_hash is None


def _is_of_a_customer(session: Session, actor: Actor, row: TicketAttachment) -> bool:
    if row.response_id:
        hidden = session.exec(
            select(TicketResponse.is_internal).where(TicketResponse.id == row.response_id)
        ).first()
        if hidden is not False:
            return False
    if row.ticket_id:
        seen = session.exec(
            select(Ticket.id).where(Ticket.id == row.ticket_id, access.mine(session, actor))
        ).first()
        return seen is not None
    mine = session.exec(
        select(Chat.id)
        .join(ChatMessage, col(ChatMessage.chat_id) == Chat.id)
        .where(
            ChatMessage.id == row.chat_message_id,
            or_(
                col(Chat.customer_id) == actor.user_id,
                (col(Chat.customer_email).is_not(None)) & (col(Chat.customer_email) == actor.email),
            ),
        )
    ).first()
    return mine is not None
