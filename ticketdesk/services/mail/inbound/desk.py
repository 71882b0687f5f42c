"""What the pipeline must ask the desk; a Protocol, so that every step runs without a database."""

from dataclasses import dataclass
from typing import Protocol

from ticketdesk.services.mail.signing import Signer


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket as matching sees it. Addresses are lower-case; `number` is that of the merge target.

    `reopens` is the organization's rule applied: whether a customer's message still reopens it
    although it is closed.
    """

    number: int
    subject: str
    requester: str
    cc: frozenset[str] = frozenset()
    is_closed: bool = False
    reopens: bool = True


class Desk(Protocol):
    """One organization, as seen by an incoming mail."""

    signer: Signer
    own_addresses: frozenset[str]

    def ticket(self, number: int) -> TicketFacts | None:
        """The ticket of this number; a merged one leads to its target."""
        ...

    def ticket_of_message(self, message_id: str) -> int | None:
        """The ticket that a mail sent or received under this Message-ID belongs to."""
        ...

    def is_known(self, message_id: str, digest: str) -> bool:
        """Whether this Message-ID (or, without one, this content) has been stored before."""
        ...

    def is_agent(self, email: str) -> bool:
        """Whether the address belongs to an active agent or admin."""
        ...
