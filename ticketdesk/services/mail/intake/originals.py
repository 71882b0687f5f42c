"""The message exactly as it came."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import MailOriginal
from ticketdesk.models.enums import UserRole


def original(session: Session, actor: Actor, mail_id: str) -> bytes:
    """The raw bytes, for an agent to download. Raises `NotFound`."""
    actor.require(UserRole.AGENT, writes=False)
    raw = session.exec(select(MailOriginal.raw).where(MailOriginal.mail_id == mail_id)).first()
    if raw is None:
        raise NotFound("There is no such message.")
    return raw
