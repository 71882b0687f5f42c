"""What all providers share: compose with the injected composer, then hand over."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypedDict, Unpack
from urllib.parse import quote

from ticketdesk.adapters.email.mail import Delivery, OutgoingMail
from ticketdesk.adapters.email.provider import Composer, IncomingEmail, Reader, WebhookConfig


class Shared(TypedDict, total=False):
    """What every provider may be built with besides its own account."""

    base_url: str
    composer: Composer | None
    reader: Reader | None


class ComposingProvider(ABC):
    """Base of the adapters: they only add `deliver` and what their provider calls things.

    `composer` and `reader` may be left out where only `deliver` is used (the outbox composes by
    itself); the ticket-level methods then refuse with a plain `TypeError`.
    """

    name: ClassVar[str]
    inbound_steps: ClassVar[tuple[str, ...]] = ()
    verification: ClassVar[str] = "An API key of scope inbound as bearer token."

    def __init__(self, **shared: Unpack[Shared]) -> None:
        self._base_url = shared.get("base_url", "").rstrip("/")
        self._composer = shared.get("composer")
        self._reader = shared.get("reader")

    @abstractmethod
    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand over one mail; raises `DeliveryFailed`."""

    def send_ticket_created(self, ticket: Any) -> Delivery:
        """Compose the confirmation of `ticket` and hand it over."""
        return self.deliver(self._need_composer().ticket_created(ticket))

    def send_ticket_response(self, ticket: Any, response: Any) -> Delivery:
        """Compose the mail for a public `response` and hand it over."""
        return self.deliver(self._need_composer().ticket_response(ticket, response))

    def parse_incoming_email(self, email: IncomingEmail) -> Any:
        """Judge one incoming mail with the injected reader."""
        if self._reader is None:
            raise TypeError(f"{self.name}: built without a reader")
        return self._reader(email)

    def setup_webhook(self, organization_id: str) -> WebhookConfig:
        """Name the address and the steps for inbound mail; see docs/guides/email.md."""
        url = (
            f"{self._base_url}/api/tickets/webhook/email"
            f"?provider={self.name}&organizationId={quote(organization_id)}"
        )
        return WebhookConfig(url=url, steps=self.inbound_steps, verification=self.verification)

    def _need_composer(self) -> Composer:
        if self._composer is None:
            raise TypeError(f"{self.name}: built without a composer")
        return self._composer
