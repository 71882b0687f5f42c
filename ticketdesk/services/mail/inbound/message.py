"""A message after parsing: what the later steps look at. Nothing here judges."""

from dataclasses import dataclass, field
from datetime import datetime

from ticketdesk.services.mail.inbound.addresses import Address
from ticketdesk.services.mail.inbound.headers import Headers


@dataclass(frozen=True, slots=True)
class InboundFile:
    """A file of the mail; `content_id` (bare) where the HTML refers to it by `cid:`."""

    filename: str
    mime_type: str
    content: bytes = field(repr=False)
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One message. Addresses are lower-case; `notes` tell what had to be mended or left out.

    `machine_parts` holds the report parts of a bounce (type, text), in order.
    """

    headers: Headers
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[Address, ...]
    date: datetime | None
    content_type: str
    text: str
    html: str
    files: tuple[InboundFile, ...]
    machine_parts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it was addressed or delivered to, the envelope first."""
        every = (*self.delivered_to, *self.to, *self.cc)
        return tuple({a.email: a for a in every}.values())
