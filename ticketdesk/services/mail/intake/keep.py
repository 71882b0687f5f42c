"""First of all the raw message is kept; everything else may fail afterwards."""

import re
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import MailMessage, MailOriginal
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail.inbound.pipeline import digest_of

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored message; `is_new` is false when it had been stored before."""

    mail_id: str
    is_new: bool
    state: MailState


def keep(
    session: Session, actor: Actor, raw: bytes, via: str, envelope_to: tuple[str, ...] = ()
) -> Kept:
    """Store a message unless it is stored; the same Message-ID, or without one the same bytes.

    Args:
        via: how it came, such as `webhook`, `sendgrid`, `imap`.
        envelope_to: the addresses it was delivered to, where known.
    """
    identity = identity_of(raw)
    mail_id = new_id("mail")
    added = session.execute(
        insert(MailMessage)
        .values(
            id=mail_id,
            organization_id=actor.organization_id,
            created_at=clock.now(),
            identity=identity,
            message_id=identity if identity.startswith("<") else "",
            via=via,
            sender="",
            sender_name="",
            subject="",
            state=MailState.RECEIVED,
            why=[],
            body={"envelopeTo": list(envelope_to)},
            attempts=0,
            size=len(raw),
            is_automatic=False,
        )
        .on_conflict_do_nothing(index_elements=["organization_id", "identity"])
        .returning(MailMessage.id)
    ).scalar_one_or_none()
    if added is None:
        known = session.exec(select(MailMessage).where(MailMessage.identity == identity)).one()
        return Kept(known.id, is_new=False, state=known.state)
    session.add(MailOriginal(mail_id=mail_id, organization_id=actor.organization_id, raw=raw))
    session.flush()
    return Kept(mail_id, is_new=True, state=MailState.RECEIVED)


def identity_of(raw: bytes) -> str:
    """The Message-ID as it stands in the header, or the digest of the bytes.

    Found without parsing, since keeping must not depend on the message being readable.
    """
    end = _BLANK_LINE.search(raw)
    head = raw[: end.start()] if end else raw
    found = _MESSAGE_ID.search(head[:1_000_000])
    return found[1].decode("utf-8", "replace").replace("\0", "") if found else digest_of(raw)
