"""What passes between composing, handing over and recording."""

from dataclasses import dataclass

from ticketdesk.adapters.email.mail import Delivery, OutgoingMail
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.outbound.files import NOTHING, Carried


@dataclass(frozen=True, slots=True)
class Prepared:
    """A promise with its finished mail, or the reason why none leaves."""

    promise: Promise
    kind: str
    mail: OutgoingMail | None = None
    ticket_id: str | None = None
    response_id: str | None = None
    is_automatic: bool = True
    silence: str = ""
    carried: Carried = NOTHING


@dataclass(frozen=True, slots=True)
class Sent:
    """How handing over one prepared mail went: a receipt, or the words of the failure."""

    prepared: Prepared
    provider: str = ""
    delivery: Delivery | None = None
    words: str = ""
    permanent: bool = False
    postponed: bool = False
