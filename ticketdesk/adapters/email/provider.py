"""The interface every mail provider fulfils (specification, Email Integration Architecture)."""

from dataclasses import dataclass
from typing import Any, Protocol

from ticketdesk.adapters.email.mail import Delivery, OutgoingMail


@dataclass(frozen=True, slots=True)
class IncomingEmail:
    """A mail as it came in: the raw RFC 5322 bytes and the envelope, where it is known."""

    raw: bytes
    envelope_to: tuple[str, ...] = ()
    envelope_from: str | None = None


@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """What an administrator enters at the provider so that its mail reaches the desk."""

    url: str
    steps: tuple[str, ...]
    verification: str


class EmailProvider(Protocol):
    """Carries mail out and hands mail in, for one organization."""

    name: str

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand over one mail. Raises `DeliveryFailed`; anything else is a bug."""
        ...

    def send_ticket_created(self, ticket: Any) -> Delivery:
        """Compose and hand over the confirmation of a new ticket."""
        ...

    def send_ticket_response(self, ticket: Any, response: Any) -> Delivery:
        """Compose and hand over a public response to the requester."""
        ...

    def parse_incoming_email(self, email: IncomingEmail) -> Any:
        """Read a mail into the explained verdict of what it means for the desk."""
        ...

    def setup_webhook(self, organization_id: str) -> WebhookConfig:
        """Tell what to configure at the provider for inbound mail of the organization."""
        ...


class Composer(Protocol):
    """Turns tickets and responses into finished mails; injected, since wording is not transport."""

    def ticket_created(self, ticket: Any) -> OutgoingMail: ...

    def ticket_response(self, ticket: Any, response: Any) -> OutgoingMail: ...


class Reader(Protocol):
    """Turns an incoming mail into a verdict; injected, since judgement is not transport."""

    def __call__(self, email: IncomingEmail) -> Any: ...
