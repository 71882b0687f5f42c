"""What the customer's side of a chat is told: names, never addresses; numbers, never facts."""

from ticketdesk.adapters.storage import signature
from ticketdesk.models import ChatMessage, TicketAttachment
from ticketdesk.models.enums import AttachmentState, ChatRole
from ticketdesk.models.wire import Moment, View

_GOOD_FOR = 3600


class VisitorFile(View):
    """A file; the addresses open it for an hour, "" while it is being checked."""

    id: str
    name: str
    size: int
    mime_type: str
    url: str
    thumbnail_url: str
    width: int | None
    height: int | None


class VisitorMessage(View):
    """A message as the customer reads it."""

    id: str
    role: ChatRole
    author: str
    content: str
    client_id: str | None
    files: list[VisitorFile]
    created_at: Moment


class VisitorTicket(View):
    """A ticket that was made of the conversation."""

    ticket_number: int
    created_at: Moment


class VisitorFacts(View):
    """How the conversation stands; `agent` is the first word of a name, "" for nobody yet."""

    agent: str
    agent_read_at: Moment | None
    is_closed: bool
    is_away: bool
    tickets: list[VisitorTicket]


class VisitorChat(View):
    """One page of the conversation, oldest message first; `token` when it is time for a new one."""

    facts: VisitorFacts
    messages: list[VisitorMessage]
    has_older: bool
    token: str | None


class Started(View):
    """A conversation that was just opened."""

    token: str
    facts: VisitorFacts
    message: VisitorMessage


def visitor_message(row: ChatMessage, files: list[TicketAttachment]) -> VisitorMessage:
    """Return a message with those of its files that may be seen."""
    shown = [visitor_file(one) for one in files if one.state != AttachmentState.QUARANTINED]
    return VisitorMessage(
        id=row.id,
        role=row.role,
        author=row.author_name.split(" ")[0] if row.role == ChatRole.AGENT else row.author_name,
        content=row.content,
        client_id=row.client_id if row.role == ChatRole.USER else None,
        files=shown,
        created_at=row.created_at,
    )


def visitor_file(row: TicketAttachment) -> VisitorFile:
    """Return a file with addresses that open it without an account."""
    path = f"/api/attachments/{row.id}"
    ready = row.state == AttachmentState.READY
    small = ready and row.thumbnail_key
    picture = signature.query(row.id, _GOOD_FOR, variant="thumbnail", disposition="inline")
    return VisitorFile(
        id=row.id,
        name=row.original_name,
        size=row.size,
        mime_type=row.mime_type,
        url=f"{path}?{signature.query(row.id, _GOOD_FOR)}" if ready else "",
        thumbnail_url=f"{path}/thumbnail?{picture}" if small else "",
        width=row.width,
        height=row.height,
    )
