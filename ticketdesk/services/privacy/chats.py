"""Erasing a person from chats."""

from sqlmodel import Session, col, select, update

from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.services.files import references
from ticketdesk.services.privacy.erased import CONTENT, NAME, SUBJECT
from ticketdesk.services.privacy.person import Person

AT_ONCE = 25


def own_chats(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Replace the next 25 chats they had, every message and file included."""
    rows = session.exec(
        select(Chat)
        .where(person.chats(), col(Chat.customer_email).is_distinct_from(pseudonym))
        .order_by(col(Chat.id))
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    if not rows:
        return {}
    ids = [row.id for row in rows]
    messages = session.exec(select(ChatMessage).where(col(ChatMessage.chat_id).in_(ids))).all()
    files = session.exec(
        select(TicketAttachment).where(
            col(TicketAttachment.chat_message_id).in_([message.id for message in messages])
        )
    ).all()
    references.let_go(session, person.organization_id, files)
    for file in files:
        session.delete(file)
    session.exec(
        update(ChatMessage).where(col(ChatMessage.chat_id).in_(ids)).values(content=CONTENT)
    )
    session.exec(
        update(ChatMessage)
        .where(col(ChatMessage.chat_id).in_(ids), col(ChatMessage.role) == "USER")
        .values(author_name=NAME)
    )
    for row in rows:
        row.title, row.customer_name, row.customer_email = SUBJECT, NAME, pseudonym
        row.chat_metadata = {}
        row.version += 1
        session.add(row)
    session.flush()
    return {"chats": len(rows), "chatMessages": len(messages), "files": len(files)}
