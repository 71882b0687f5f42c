"""What is handed to a provider: one finished mail, independent of who carries it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A mailbox: `email` is the bare address, `name` the display name (may be empty)."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file of a mail; `content_id` (without angle brackets) makes it an inline part."""

    filename: str
    mime_type: str
    content: bytes
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail, composed to the last header.

    `message_id` is in angle brackets and the identity of the mail: handing over the same
    mail twice must use the same one. `date` is when the mail was decided on, not when it
    leaves, so that a repeat is the same mail to the byte. `envelope_from` is where bounces go.
    """

    message_id: str
    sender: MailAddress
    to: tuple[MailAddress, ...]
    subject: str
    text: str
    date: datetime
    html: str = ""
    reply_to: MailAddress | None = None
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[MailAttachment, ...] = field(default=(), repr=False)
    envelope_from: str | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every bare address the mail goes to, once, in order."""
        return tuple(dict.fromkeys(a.email for a in (*self.to, *self.cc, *self.bcc)))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A provider's receipt: its id of the mail, and the recipients it refused with its words."""

    provider: str
    provider_id: str
    refused: dict[str, str] = field(default_factory=dict)
