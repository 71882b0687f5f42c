"""Postmark's webhooks for Delivery and Bounce."""

from typing import Any

from ticketdesk.adapters.email.events.news import Fate, News
from ticketdesk.adapters.email.inbound import postmark
from ticketdesk.adapters.email.inbound.call import Call

# Bounce types after which Postmark tries on, or that say nothing about the address.
_PASSING = {"Transient", "SoftBounce", "AutoResponder", "DnsError", "OpenRelayTest"}


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """User and password of the address, the same as inbound. Raises `SignatureRefused`."""
    postmark.verify(call, secrets)


def read(call: Call) -> list[News]:
    """The news of one call. Raises `Unreadable`."""
    body = call.json()
    metadata = body.get("Metadata") if isinstance(body.get("Metadata"), dict) else {}
    message_id = str(metadata.get("ticketdesk_message_id") or body.get("MessageID") or "")
    recipient = str(body.get("Recipient") or body.get("Email") or "").lower()
    if body.get("RecordType") == "Delivery":
        words = str(body.get("Details") or "")
        return [News(message_id, recipient, Fate.DELIVERED, words)]
    if body.get("RecordType") == "Bounce":
        passing = body.get("Type") in _PASSING
        words = str(body.get("Details") or body.get("Description") or "")
        return [News(message_id, recipient, Fate.DEFERRED if passing else Fate.BOUNCED, words)]
    return []
