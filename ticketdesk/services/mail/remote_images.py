"""Images that a message would load from elsewhere: blocked, and fetched by us when asked for.

The reader's browser never talks to the sender's servers: they would learn who reads when and
where. The desk fetches what an agent asks to see, and only what stands in the message itself.
"""

import hashlib
import re

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import MailMessage, Ticket, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.mail.whole import whole_html

# Attributes as the sanitiser writes them: a quote never stands in a quoted value.
_IMAGE = re.compile(r'<img(?P<attributes>(?:\s[\w-]+(?:="[^"]*")?)*)\s*/?>')
_SOURCE = re.compile(r'\s(?P<name>src|data-remote-src|data-remote)="(?P<url>[^"]*)"')
MOST = 100


def block(html: str, message_id: str) -> tuple[str, int]:
    """Sanitised HTML without anything that loads from elsewhere, and how many images wait.

    Args:
        message_id: `resp_…`, `ticket_…` (its description) or `mail_…`, for `data-remote`: the
            address of our own that gives the image.
    """
    waiting = 0

    def put(found: re.Match[str]) -> str:
        nonlocal waiting
        attributes = found["attributes"]
        url = next((u for u in _urls(attributes) if _is_remote(u)), "")
        if not url:
            return found[0] if "data-remote" not in attributes else f"<img{_bare(attributes)}>"
        waiting += 1
        ours = f"/api/messages/{message_id}/images/{digest(url)}"
        return f'<img{_bare(attributes)} data-remote="{ours}">'

    return _IMAGE.sub(put, html), waiting


def digest(url: str) -> str:
    """The name of a remote image in our addresses."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def find(session: Session, actor: Actor, message_id: str, wanted: str) -> str:
    """The remote address with this digest in a message of the organization.

    Raises `NotFound`: no such message, or no such image in it.
    """
    actor.require(UserRole.AGENT, writes=False)
    for html in _htmls(session, actor, message_id):
        for found in _IMAGE.finditer(html):
            for url in _urls(found["attributes"]):
                if _is_remote(url) and digest(url) == wanted:
                    return url
    raise NotFound("There is no such image.")


def _htmls(session: Session, actor: Actor, message_id: str) -> list[str]:
    """What may hold the image: the message as stored, else the whole mail it came with."""
    mine = actor.organization_id
    if message_id.startswith("mail_"):
        return [whole_html(session, actor, message_id)]
    if message_id.startswith("ticket_"):
        ticket = session.get(Ticket, message_id)
        if ticket is None or ticket.organization_id != mine:
            raise NotFound("There is no such message.")
        return [rich_text.to_html(ticket.description, ticket.description_format)]
    response = session.get(TicketResponse, message_id)
    if response is None or response.organization_id != mine:
        raise NotFound("There is no such message.")
    htmls = [rich_text.to_html(response.content, response.content_format)]
    mail_id = session.exec(
        select(MailMessage.id).where(MailMessage.response_id == response.id)
    ).first()
    return [*htmls, whole_html(session, actor, mail_id)] if mail_id else htmls


def _urls(attributes: str) -> list[str]:
    return [
        found["url"].replace("&amp;", "&")
        for found in _SOURCE.finditer(attributes)
        if found["name"] != "data-remote"
    ]


def _bare(attributes: str) -> str:
    return _SOURCE.sub("", attributes)


def _is_remote(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "//"))
