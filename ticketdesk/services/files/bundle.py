"""All files of a ticket as one ZIP, made while it is being sent."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.adapters.storage import place_of
from ticketdesk.errors import NotFound
from ticketdesk.models import TicketAttachment, TicketResponse
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.services.files import names
from ticketdesk.services.tickets import access

# What is compressed already only costs time.
_WORTH_PACKING = ("text/", "application/json", "application/xml", "image/bmp", "image/svg")


@dataclass(frozen=True, slots=True)
class Member:
    """A file as it goes into the archive."""

    name: str
    key: str
    mime_type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Bundle:
    """An archive to be: its file name and what it holds."""

    name: str
    members: tuple[Member, ...]


def of_ticket(session: Session, actor: Actor, reference: str) -> Bundle:
    """Return what the archive of a ticket's files holds for this caller.

    Files that are still being checked, or quarantined, are left out.

    Raises:
        NotFound: no such ticket, or no file on it.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    ticket = access.find(session, actor, reference)
    query = (
        select(TicketAttachment)
        .outerjoin(TicketResponse, col(TicketResponse.id) == TicketAttachment.response_id)
        .where(
            TicketAttachment.ticket_id == ticket.id,
            TicketAttachment.state == AttachmentState.READY,
        )
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
    )
    if not actor.is_staff:
        query = query.where(
            col(TicketAttachment.response_id).is_(None) | ~col(TicketResponse.is_internal)
        )
    rows = session.exec(query).all()
    if not rows:
        raise NotFound("This ticket has no files.")
    return of_rows(f"ticket-{ticket.ticket_number}-files.zip", rows)


def of_rows(name: str, rows: Sequence[TicketAttachment], *, folder: str = "") -> Bundle:
    """Return the archive of files the caller has chosen, below a folder such as `files/`."""
    taken: set[str] = set()
    members = tuple(
        Member(
            folder + _unique(row.original_name, taken),
            row.storage_key,
            row.mime_type,
            row.created_at,
        )
        for row in rows
    )
    return Bundle(name, members)


def stream(bundle: Bundle, *, first: Sequence[tuple[str, bytes]] = ()) -> Iterator[bytes]:
    """Yield the archive piece by piece; memory holds one piece at a time.

    Args:
        first: texts that stand before the files, by name.

    Raises:
        StorageUnavailable: in the middle; the archive is then cut short and does not open.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in first:
            archive.writestr(name, content)
        for member in bundle.members:
            place, key = place_of(member.key)
            pieces = place.read(key)
            info = zipfile.ZipInfo(member.name, member.at.timetuple()[:6])
            packs = member.mime_type.startswith(_WORTH_PACKING)
            info.compress_type = zipfile.ZIP_DEFLATED if packs else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
                    yield sink.take()
    yield sink.take()


class _Sink(io.RawIOBase):
    """Takes what the archiver writes and gives it on; it cannot seek, so nothing waits."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def _unique(name: str, taken: set[str]) -> str:
    """Return a name that is safe to unpack and that no other member has, whatever its case."""
    clean = names.unpacked_name(name)
    stem, dot, last = clean.rpartition(".") if "." in clean[1:] else (clean, "", "")
    number = 1
    while clean.casefold() in taken:
        number += 1
        clean = f"{stem} ({number}){dot}{last}"
    taken.add(clean.casefold())
    return clean
