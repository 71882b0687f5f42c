"""From a change to one promise per webhook that wants it."""

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketActivity, Webhook, WebhookDelivery
from ticketdesk.models.wire import View
from ticketdesk.services.tickets.views import activity_view

SUBSCRIBER = "webhooks.deliver"


def promise(session: Session, ticket: Ticket, activity: TicketActivity, event: str) -> None:
    """Promise a change to every active webhook that wants its kind of event.

    The body is written down now: what is told is the ticket as it was after this very change.
    """
    for webhook_id, events in _wanting(session, ticket.organization_id):
        if events and event not in events:
            continue
        delivery = WebhookDelivery(
            id=new_id("delivery"),
            organization_id=ticket.organization_id,
            webhook_id=webhook_id,
            event=event,
            body={"event": event, "ticket": _facts(ticket), "activity": _wire(activity)},
        )
        delivery.outbox_id = outbox.put(
            session, ticket.organization_id, SUBSCRIBER, {"deliveryId": delivery.id}
        )
        session.add(delivery)


def promise_to(session: Session, ticket: Ticket, webhook_id: str, *, rule: str) -> bool:
    """Promise a ticket to one webhook because a rule says so; False when it is gone or off.

    The event is `rule:ran`, whatever events the webhook asks for otherwise.
    """
    found = session.exec(
        select(Webhook.id).where(
            Webhook.organization_id == ticket.organization_id,
            Webhook.id == webhook_id,
            col(Webhook.is_active),
        )
    ).first()
    if found is None:
        return False
    event = "rule:ran"
    delivery = WebhookDelivery(
        id=new_id("delivery"),
        organization_id=ticket.organization_id,
        webhook_id=found,
        event=event,
        body={"event": event, "ticket": _facts(ticket), "rule": rule},
    )
    delivery.outbox_id = outbox.put(
        session, ticket.organization_id, SUBSCRIBER, {"deliveryId": delivery.id}
    )
    session.add(delivery)
    return True


def _wanting(session: Session, organization_id: str) -> list[tuple[str, list[str]]]:
    """The organization's active webhooks, looked up once per transaction."""
    # A sweep's transaction sees many organizations.
    known: dict[str, list[tuple[str, list[str]]]] = session.info.setdefault("webhooks", {})
    if organization_id not in known:
        rows = session.exec(
            select(Webhook.id, Webhook.events).where(
                Webhook.organization_id == organization_id, col(Webhook.is_active)
            )
        )
        known[organization_id] = [(row[0], row[1]) for row in rows]
    return known[organization_id]


def _wire(activity: TicketActivity) -> dict:
    view: View = activity_view(activity)
    return view.wire()


def _facts(ticket: Ticket) -> dict:
    return {
        "id": ticket.id,
        "ticketNumber": ticket.ticket_number,
        "organizationId": ticket.organization_id,
        "subject": ticket.subject,
        "status": str(ticket.status),
        "priority": str(ticket.priority),
        "category": ticket.category,
        "tags": list(ticket.tags),
        "source": str(ticket.source),
        "requesterName": ticket.requester_name,
        "requesterEmail": ticket.requester_email,
        "assignedToId": ticket.assigned_to_id,
        "viewUrl": f"/app/tickets/{ticket.id}",
    }
