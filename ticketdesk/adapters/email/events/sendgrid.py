"""SendGrid's event webhook: a JSON list, signed like its inbound calls, with a key of its own."""

import json
from typing import Any

from ticketdesk.adapters.email.events.news import Fate, News
from ticketdesk.adapters.email.inbound import sendgrid
from ticketdesk.adapters.email.inbound.call import Call, Unreadable

_FATES = {
    "delivered": Fate.DELIVERED,
    "deferred": Fate.DEFERRED,
    "bounce": Fate.BOUNCED,
    "dropped": Fate.BOUNCED,
}


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """Check the signature with `events_public_key`. Raises `SignatureRefused`."""
    sendgrid.verify(call, {"public_key": secrets.get("events_public_key")})


def read(call: Call) -> list[News]:
    """News of the events that matter; opens and clicks do not. Raises `Unreadable`."""
    try:
        events = json.loads(call.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON.") from error
    if not isinstance(events, list):
        raise Unreadable("The body is not a list of events.")
    return [
        News(
            message_id=str(event.get("ticketdesk_message_id") or event.get("smtp-id") or ""),
            recipient=str(event.get("email") or "").lower(),
            fate=_FATES[str(event["event"])],
            words=str(event.get("reason") or event.get("response") or ""),
        )
        for event in events
        if isinstance(event, dict) and str(event.get("event")) in _FATES
    ]
