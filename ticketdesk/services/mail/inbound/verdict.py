"""What a mail means for the desk, and why; the pipeline's only output."""

from dataclasses import dataclass
from enum import StrEnum

from ticketdesk.services.mail.inbound.addresses import Address
from ticketdesk.services.mail.inbound.bounces import Bounce
from ticketdesk.services.mail.inbound.message import InboundFile, ParsedMail


class Result(StrEnum):
    """contract.md, `/api/tickets/webhook/email`."""

    CREATED = "created"
    APPENDED = "appended"
    HELD = "held"
    IGNORED = "ignored"
    BOUNCE = "bounce"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Body:
    """What the sender wrote: `html` is sanitised (may be empty), `text` always there."""

    text: str
    html: str = ""
    quoted: str = ""
    was_cut: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The explained outcome of one mail.

    `ticket_number` is the ticket it belongs to (appended, held, bounce); `linked_to` the closed one
    a new ticket follows. `may_answer` is false for whatever a machine sent: nothing automatic may
    go back. `is_note`: an agent answered a note, which stays inside. `proves_address`: the sender
    can only have read a mail of ours. `why` tells in order
    which header matched and which rule held or silenced it.
    """

    result: Result
    why: tuple[str, ...]
    mail: ParsedMail | None = None
    body: Body | None = None
    author: Address | None = None
    is_agent: bool = False
    is_note: bool = False
    may_answer: bool = False
    proves_address: bool = False
    ticket_number: int | None = None
    linked_to: int | None = None
    subject: str = ""
    files: tuple[InboundFile, ...] = ()
    bounce: Bounce | None = None
