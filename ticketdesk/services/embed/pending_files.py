"""Files that were uploaded before there was a ticket, and who may attach them.

The uploader gets `{id}.{secret}`; the row keeps the secret's hash. So nobody can attach a file by
guessing or overhearing an identifier.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, TooMany
from ticketdesk.models import TicketAttachment
from ticketdesk.services import idempotency
from ticketdesk.services.files import room
from ticketdesk.services.files.intake import Taken
from ticketdesk.services.files.records import add_rows
from ticketdesk.services.files.uploads import Admission
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.services.secrets import token_hash

# The most that may wait in one organization for tickets that nobody has sent yet, in bytes.
MOST_WAITING = 2 * 1024**3


def admit(session: Session, actor: Actor, most_files: int) -> Admission:
    """Say how much a visitor may upload, before the first byte is read.

    Args:
        most_files: how many files one request may bring.

    Raises:
        TooMany: too much waits in this organization already.
    """
    _require_space(session)
    whole = room.whole(session, actor.organization_id)
    files = min(most_files, whole.files_left)
    return Admission(actor.organization_id, replace(whole, max_files=files, files_left=files))


def keep(session: Session, actor: Actor, taken: Sequence[Taken]) -> list[str]:
    """Write the rows of files that have no ticket yet; return a handle `{id}.{secret}` for each.

    Raises:
        TooMany: too much waits in this organization already.
    """
    _require_space(session)
    handles = []
    for one in taken:
        secret = secrets.token_hex(16)
        (row,) = add_rows(session, actor, [one], upload_token_hash=token_hash(secret))
        handles.append(f"{row.id}.{secret}")
    return handles


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for its ticket: its handle `{id}.{secret}`, and since when."""

    handle: str
    since: datetime


def keep_once(
    session: Session, actor: Actor, one: Taken, place: str, *, key: str | None
) -> Waiting:
    """Write the row of a file, once per idempotency key.

    Args:
        place: what it is uploaded for, such as `POST /api/embed/tickets/uploads`.
        key: of `idempotency.of_visitor`; None keeps each.

    Raises:
        Conflict: the key was used with another file.
        TooMany: as for `keep`.
    """
    said = {"name": one.name, "size": one.stored.size, "sha256": one.stored.sha256}

    def run() -> dict[str, str]:
        (handle,) = keep(session, actor, [one])
        # Whoever reads the kept answer could attach the file.
        return {"handle": seal(handle), "since": clock.now().isoformat()}

    answer = idempotency.once(session, actor, key, place, said, run)
    return Waiting(unseal(answer["handle"]), datetime.fromisoformat(answer["since"]))


def _require_space(session: Session) -> None:
    waiting = session.exec(
        select(func.coalesce(func.sum(TicketAttachment.size), 0)).where(*_unattached())
    ).one()
    if waiting > MOST_WAITING:
        raise TooMany("Too many files are waiting. Please try again later.", retry_after=600)


def _unattached() -> tuple:
    return (
        col(TicketAttachment.ticket_id).is_(None),
        col(TicketAttachment.response_id).is_(None),
        col(TicketAttachment.chat_message_id).is_(None),
    )


def claim(session: Session, actor: Actor, handles: list[str]) -> list[str]:
    """Return the identifiers behind upload handles, made the actor's own.

    Args:
        handles: `{id}.{secret}` as the upload answered.

    Raises:
        Invalid: a handle that is wrong, used already, or whose file has expired.
    """
    pairs: dict[str, str] = {}
    for handle in handles:
        file_id, _, secret = handle.partition(".")
        pairs[file_id] = secret
    if not pairs:
        return []
    # A name with a NUL could not even be looked for.
    names = [file_id for file_id in pairs if file_id.isprintable()]
    rows = session.exec(
        select(TicketAttachment)
        .where(col(TicketAttachment.id).in_(names), *_unattached())
        .with_for_update()
    ).all()
    good = {row.id: row for row in rows if _matches(row, pairs[row.id])}
    if len(good) != len(pairs):
        message = "A file is no longer there. Please add it again."
        raise Invalid(message, fields={"attachmentIds": message})
    for row in good.values():
        row.uploaded_by_id, row.upload_token_hash = actor.user_id, None
        session.add(row)
    return list(pairs)


def _matches(row: TicketAttachment, secret: str) -> bool:
    return row.upload_token_hash is not None and hmac.compare_digest(
        row.upload_token_hash, token_hash(secret)
    )
