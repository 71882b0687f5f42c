"""How much more may be attached: the organization's limits against what is there already."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, TooLarge, UnsupportedKind
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.models.ticket_settings import FileSettings
from ticketdesk.services import ticket_settings


@dataclass(frozen=True, slots=True)
class Room:
    """What one upload may still bring; sizes in bytes, kinds as MIME types or patterns."""

    max_file_bytes: int
    max_files: int
    bytes_left: int
    files_left: int
    allowed_kinds: tuple[str, ...] = field(default=())

    def require_kind(self, mime_type: str, name: str) -> None:
        """Refuse a kind that the organization does not take.

        Raises:
            UnsupportedKind: says which kinds are taken.
        """
        if not self.allowed_kinds or any(
            fnmatchcase(mime_type, pattern.lower()) for pattern in self.allowed_kinds
        ):
            return
        taken = ", ".join(self.allowed_kinds[:10])
        message = f"{name} is {mime_type}, which is not taken here. Taken are: {taken}."
        raise UnsupportedKind(message, code="kind_not_allowed", fields={"file": message})

    def require_size(self, size: int, name: str) -> None:
        """Refuse a file that is too large by itself or for what is left.

        Raises:
            TooLarge: says how large it may be.
        """
        if size > self.max_file_bytes:
            message = f"{name} is larger than {spoken_size(self.max_file_bytes)}."
            details: dict[str, object] = {"name": name, "maxBytes": self.max_file_bytes}
            raise TooLarge(message, fields={"file": message}, details=details)
        if size > self.bytes_left:
            raise _too_large(f"{name} is more than the ticket's files may take up in all.")

    def require_total(self, size: int) -> None:
        """Refuse files that only together are too large.

        Raises:
            TooLarge: says so.
        """
        if size > self.bytes_left:
            raise _too_large("These are more bytes than the ticket's files may take up in all.")

    def require_count(self, count: int) -> None:
        """Refuse more files than fit.

        Raises:
            Invalid: says how many may be attached.
        """
        if count > self.files_left:
            message = f"A ticket takes at most {self.max_files} files."
            raise Invalid(
                message,
                code="too_many_files",
                fields={"file": message},
                details={"maxFiles": self.max_files},
            )


def for_ticket(session: Session, ticket: Ticket) -> Room:
    """Return what may still be attached to a ticket and its messages."""
    return _left(session, ticket.organization_id, col(TicketAttachment.ticket_id) == ticket.id)


def for_waiting(session: Session, actor: Actor) -> Room:
    """Return what a caller may still upload before sending what it belongs to."""
    return _left(
        session,
        actor.organization_id,
        col(TicketAttachment.uploaded_by_id) == actor.user_id
        if actor.user_id
        else col(TicketAttachment.uploaded_by_id).is_(None),
        col(TicketAttachment.ticket_id).is_(None),
        col(TicketAttachment.response_id).is_(None),
        col(TicketAttachment.chat_message_id).is_(None),
    )


def whole(session: Session, organization_id: str) -> Room:
    """Return what a ticket without files takes."""
    return _of(ticket_settings.of(session, organization_id).files, 0, 0)


def require_room(session: Session, ticket: Ticket, files: list[TicketAttachment]) -> None:
    """Refuse to bind files to a ticket beyond its limits; those already there do not count.

    Raises:
        TooLarge: too many bytes in all.
        Invalid: too many files.
    """
    added = [file for file in files if file.ticket_id != ticket.id]
    if not added:
        return
    room = for_ticket(session, ticket)
    room.require_count(len(added))
    room.require_total(sum(file.size for file in added))


def spoken_size(size: int) -> str:
    """Return a size as people say it, such as `25 MB`."""
    for unit, name in ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"


def _left(session: Session, organization_id: str, *which: Any) -> Room:
    count, size = session.exec(
        select(func.count(), func.coalesce(func.sum(TicketAttachment.size), 0)).where(
            col(TicketAttachment.organization_id) == organization_id, *which
        )
    ).one()
    return _of(ticket_settings.of(session, organization_id).files, count, int(size))


def _of(rules: FileSettings, count: int, size: int) -> Room:
    return Room(
        max_file_bytes=rules.max_file_bytes,
        max_files=rules.max_files,
        bytes_left=max(0, rules.max_ticket_bytes - size),
        files_left=max(0, rules.max_files - count),
        allowed_kinds=tuple(kind.lower() for kind in rules.allowed_kinds),
    )


def _too_large(message: str) -> TooLarge:
    return TooLarge(message, fields={"file": message})
