"""Tickets and settings as the service level tests need them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketActivity
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services import ticket_settings
from ticketdesk.services.sla import policies
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status

_TOLD = (A.SLA_WARNED, A.SLA_BREACHED, A.SLA_ESCALATED)
OFFICE = {
    "timezone": "Europe/Berlin",
    "weekly": {
        day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
    },
}


def berlin(text: str) -> datetime:
    """A moment of the wall clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def promise(session: Session, admin: Actor, **values: Any) -> None:
    """Change the settings' own targets (camelCase keys of `slaConfig`)."""
    ticket_settings.change(session, admin, {"slaConfig": values})
    policies.forget(session)


def open_ticket(session: Session, actor: Actor, **values: Any) -> Ticket:
    """Open a ticket of Jane's and return its row."""
    command = CreateTicket.parse(
        {
            "requesterName": "Jane Doe",
            "requesterEmail": "jane@customer.example",
            "subject": "The printer is on fire",
            "description": "Please help",
            **values,
        }
    )
    view = create(session, actor, command)
    row = session.get(Ticket, view.id)
    assert row is not None
    return row


def move(session: Session, actor: Actor, ticket: Ticket, status: str) -> None:
    """Move a ticket to a status."""
    change_status(session, actor, ticket.id, ChangeStatus.parse({"status": status}))


def say(session: Session, actor: Actor, ticket: Ticket, text: str, **values: Any) -> None:
    """Write a message on a ticket."""
    respond(session, actor, ticket.id, AddResponse.parse({"content": text, **values}))


def told(session: Session, ticket: Ticket) -> list[str]:
    """What the history says was told about a ticket, oldest first."""
    rows = session.exec(
        select(TicketActivity)
        .where(
            TicketActivity.ticket_id == ticket.id,
            col(TicketActivity.activity_type).in_(_TOLD),
        )
        .order_by(col(TicketActivity.created_at), col(TicketActivity.id))
    )
    return [
        f"{row.activity_type.removeprefix('SLA_')} {row.changes['sla']['after']['target']}"
        for row in rows
    ]
