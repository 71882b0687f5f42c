"""A message with everything it quotes, as an agent may look at it."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import MailMessage, TicketAttachment
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.mail.inbound.body import read_body
from ticketdesk.services.mail.inbound.parse import Unreadable, parse
from ticketdesk.services.mail.inbound.sanitise import link_inline_images
from ticketdesk.services.mail.intake.originals import original

LONGEST = 400_000


def whole_html(session: Session, actor: Actor, mail_id: str) -> str:
    """The message uncut, sanitised, its inline images linked; remote ones are for the caller.

    Raises `NotFound`: no such message, or one that cannot be read.
    """
    actor.require(UserRole.AGENT, writes=False)
    raw = original(session, actor, mail_id)
    try:
        body = read_body(parse(raw), cut=False)
    except Unreadable as error:
        raise NotFound("This message cannot be read; its original can be downloaded.") from error
    if body.html and len(body.html) <= LONGEST:
        linked = link_inline_images(body.html, _inline(session, mail_id))
        return rich_text.to_html(linked, ContentFormat.HTML)
    return rich_text.to_html(body.text[:LONGEST], ContentFormat.TEXT)


def _inline(session: Session, mail_id: str) -> dict[str, str]:
    mail = session.get(MailMessage, mail_id)
    if mail is None or not (mail.response_id or mail.ticket_id):
        return {}
    query = select(TicketAttachment.content_id, TicketAttachment.id).where(
        col(TicketAttachment.content_id).is_not(None)
    )
    if mail.response_id:
        query = query.where(TicketAttachment.response_id == mail.response_id)
    else:
        query = query.where(TicketAttachment.ticket_id == mail.ticket_id)
    return {str(cid): f"/api/attachments/{file_id}" for cid, file_id in session.exec(query)}
