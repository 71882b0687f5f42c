"""SES events by way of SNS: Delivery, Bounce, DeliveryDelay."""

import json
from typing import Any

from ticketdesk.adapters.email.events.news import Fate, News
from ticketdesk.adapters.email.inbound import ses, sns
from ticketdesk.adapters.email.inbound.call import Call, Unreadable


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """SNS's signature and the topic, the same as inbound. Raises `SignatureRefused`."""
    ses.verify(call, secrets)


def read(call: Call) -> list[News]:
    """The news of one notification; a subscription is confirmed and tells none.

    Raises `Unreadable`.
    """
    outer = call.json()
    if outer.get("Type") == "SubscriptionConfirmation":
        sns.confirm(outer)
        return []
    try:
        event = json.loads(str(outer.get("Message") or ""))
    except ValueError as error:
        raise Unreadable("The notification holds no JSON.") from error
    if not isinstance(event, dict) or not isinstance(event.get("mail"), dict):
        raise Unreadable("The notification is not about a mail.")
    message_id = str(event["mail"].get("messageId") or "")
    kind = event.get("eventType") or event.get("notificationType")
    if kind == "Delivery":
        about = _about(event, "delivery")
        words = str(about.get("smtpResponse") or "")
        named = about.get("recipients")
        recipients = named if isinstance(named, list) else []
        return [News(message_id, str(r).lower(), Fate.DELIVERED, words) for r in recipients]
    if kind == "Bounce":
        about = _about(event, "bounce")
        fate = Fate.BOUNCED if about.get("bounceType") == "Permanent" else Fate.DEFERRED
        return _each(message_id, about.get("bouncedRecipients"), fate)
    if kind == "DeliveryDelay":
        about = _about(event, "deliveryDelay")
        return _each(message_id, about.get("delayedRecipients"), Fate.DEFERRED)
    return []


def _about(event: dict[str, Any], name: str) -> dict[str, Any]:
    found = event.get(name)
    return found if isinstance(found, dict) else {}


def _each(message_id: str, recipients: Any, fate: Fate) -> list[News]:
    found = recipients if isinstance(recipients, list) else []
    return [
        News(
            message_id,
            str(one.get("emailAddress") or "").lower(),
            fate,
            str(one.get("diagnosticCode") or ""),
        )
        for one in found
        if isinstance(one, dict)
    ]
