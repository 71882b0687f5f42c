"""Uploaded files find their ticket and response."""

from sqlmodel import Session, col, select

from ticketdesk import events
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.models.enums import AttachmentState, TicketActivityType
from ticketdesk.services.files.room import require_room


def attach(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    attachment_ids: list[str],
    *,
    response_id: str | None = None,
    content: str = "",
) -> list[TicketAttachment]:
    """Bind uploads to a ticket, or to a response of it.

    Only the caller's own uploads and files already on this ticket can be named. Those that
    `content` (HTML) shows as pictures are marked as part of it.

    Raises:
        NotFound: an identifier that is not the caller's.
        Conflict: a file that is already part of another message, or quarantined.
        TooLarge, Invalid: more than the organization lets a ticket hold.
    """
    if not attachment_ids:
        return []
    files = _named(session, actor, ticket, list(dict.fromkeys(attachment_ids)))
    require_room(session, ticket, files)
    for row in files:
        if row.response_id or row.chat_message_id or row.state == AttachmentState.QUARANTINED:
            raise Conflict(f"The file {row.original_name} cannot be attached here.")
        row.ticket_id = ticket.id
        row.response_id = response_id
        row.upload_token_hash = None
        row.is_inline = row.is_inline or f'src="/api/attachments/{row.id}"' in content
        session.add(row)
    session.flush()
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.ATTACHMENT_ADDED,
        "attached " + ", ".join(file.original_name for file in files),
        changes={"attachments": (None, [file.id for file in files])},
        response_id=response_id,
    )
    return files


def _named(
    session: Session, actor: Actor, ticket: Ticket, wanted: list[str]
) -> list[TicketAttachment]:
    """The caller's files of these identifiers, in their order, locked."""
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.organization_id == ticket.organization_id,
            col(TicketAttachment.id).in_(wanted),
        )
        .with_for_update()
    ).all()
    found = {row.id: row for row in rows if _is_callers(row, actor, ticket)}
    if missing := [file_id for file_id in wanted if file_id not in found]:
        message = f"There is no such file: {missing[0]}."
        raise NotFound(message, fields={"attachmentIds": message})
    return [found[file_id] for file_id in wanted]


def _is_callers(row: TicketAttachment, actor: Actor, ticket: Ticket) -> bool:
    if row.ticket_id is not None:
        return row.ticket_id == ticket.id and actor.is_staff
    if actor.user_id is None and actor.kind is not ActorKind.ANONYMOUS:
        # An API key's own upload; what a visitor left has the hash of the visitor's token.
        return row.uploaded_by_id is None and row.upload_token_hash is None
    return row.uploaded_by_id == actor.user_id
