"""Files that were uploaded before there was a ticket, and who may attach them.

The uploader gets `{id}.{secret}`; the row keeps the secret's hash. So nobody can attach a file by
guessing or overhearing an identifier.
"""

import hmac

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import TicketAttachment
from ticketdesk.services.secrets import token_hash


def claim(session: Session, actor: Actor, handles: list[str]) -> list[str]:
    """Return the identifiers behind upload handles, made the actor's own.

    Args:
        handles: `{id}.{secret}` as the upload answered.

    Raises:
        Invalid: a handle that is wrong, used already, or whose file has expired.
    """
    pairs = dict(handle.partition(".")[::2] for handle in handles)
    if not pairs:
        return []
    rows = session.exec(
        select(TicketAttachment)
        .where(
            col(TicketAttachment.id).in_(pairs),
            col(TicketAttachment.ticket_id).is_(None),
            col(TicketAttachment.response_id).is_(None),
            col(TicketAttachment.chat_message_id).is_(None),
        )
        .with_for_update()
    ).all()
    good = {row.id: row for row in rows if _matches(row, pairs[row.id])}
    if len(good) != len(pairs):
        message = "A file is no longer there. Please add it again."
        raise Invalid(message, fields={"attachmentIds": message})
    for row in good.values():
        row.uploaded_by_id = actor.user_id
        session.add(row)
    return list(pairs)


def _matches(row: TicketAttachment, secret: str) -> bool:
    return row.upload_token_hash is not None and hmac.compare_digest(
        row.upload_token_hash, token_hash(secret)
    )
