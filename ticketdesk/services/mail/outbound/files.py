"""Files of a response go with its mail: small ones inside, others by name on the tracking page."""

import re
from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.adapters.email.mail import MailAttachment
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.files import doors

# Servers commonly refuse mails beyond 20 to 25 MB; base64 adds a third.
MAX_BYTES = 12 * 1024 * 1024
_IMAGE = re.compile(r'src="(?:https?://[^"/]+)?/api/attachments/(file_[0-9a-f]{32})(?:/\w+)?"')


@dataclass(frozen=True, slots=True)
class Carried:
    """Which files a mail takes along, and the names of those that are too large for it."""

    rows: tuple[TicketAttachment, ...] = ()
    by_link: tuple[str, ...] = ()


NOTHING = Carried()


def files_of(session: Session, response_ids: list[str]) -> dict[str, list[TicketAttachment]]:
    """Files that passed their checks, by response, in the order they were attached."""
    grouped: dict[str, list[TicketAttachment]] = defaultdict(list)
    if response_ids:
        query = select(TicketAttachment).where(
            col(TicketAttachment.response_id).in_(response_ids),
            TicketAttachment.state == AttachmentState.READY,
        )
        for row in session.exec(query.order_by(col(TicketAttachment.id))):
            grouped[row.response_id or ""].append(row)
    return grouped


def choose(rows: list[TicketAttachment]) -> Carried:
    """As many as fit, in order; the rest by name."""
    taken, left, total = [], [], 0
    for row in rows:
        total += row.size
        if total <= MAX_BYTES:
            taken.append(row)
        else:
            total -= row.size
            left.append(row.original_name)
    return Carried(tuple(taken), tuple(left))


def with_inline_images(html: str, carried: Carried) -> str:
    """Images that the mail carries show from it; those of the desk's own pages need a sign-in."""
    carried_ids = {row.id for row in carried.rows}

    def put(match: re.Match[str]) -> str:
        return f'src="cid:{content_id(match[1])}"' if match[1] in carried_ids else 'alt=""'

    return _IMAGE.sub(put, html)


def load(carried: Carried, html: str) -> tuple[MailAttachment, ...]:
    """Read the bytes, at the moment of handing over and one mail at a time.

    Raises the storage's `Unavailable` and `NotStored`.
    """
    return tuple(
        MailAttachment(
            filename=row.original_name,
            mime_type=row.mime_type,
            content=b"".join(doors.read(row)),
            content_id=content_id(row.id) if f"cid:{content_id(row.id)}" in html else None,
        )
        for row in carried.rows
    )


def content_id(file_id: str) -> str:
    """The Content-ID of a file in our mails."""
    return f"{file_id}@ticketdesk"
