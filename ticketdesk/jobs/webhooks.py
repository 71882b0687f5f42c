"""Promised webhook calls: read in one transaction, sent outside of any, recorded in another."""

import json
from datetime import datetime

from ticketdesk import clock, unit_of_work
from ticketdesk.adapters.webhook.post import post
from ticketdesk.outbox import Promise
from ticketdesk.services.webhooks import deliveries


def deliver(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Tell the promised events; what the deadline leaves over lapses and is taken again."""
    for entry in unit_of_work.as_system(organization_id, deliveries.due, promises):
        if clock.now() >= deadline:
            return
        outcome = None
        if entry.body is not None:
            outcome = post(
                entry.url,
                json.dumps(entry.body).encode(),
                secret=entry.secret,
                event=entry.event,
                delivery_id=entry.delivery_id,
            )
        unit_of_work.as_system(organization_id, deliveries.record, [(entry, outcome)])
