"""Brings a ticket's due times up to date after any change that moves them."""

from datetime import timedelta

from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState
from ticketdesk.models.status import ENDED
from ticketdesk.services import ticket_settings


def refresh(session: Session, ticket: Ticket) -> None:
    """Recompute targets, state and the moment the sweeper must look at the ticket next.

    Called by every verb that changes status, priority or the first response, in its transaction.
    """
    config = ticket_settings.of(session, ticket.organization_id).sla_config
    minutes = getattr(config.resolution_time, ticket.priority.lower())
    ticket.first_response_sla = ticket.created_at + timedelta(minutes=config.first_response_time)
    paused = ticket.status in config.pause_on or ticket.status in ENDED
    ticket.resolution_sla = None if paused else ticket.created_at + timedelta(minutes=minutes)
    running = [ticket.resolution_sla] if ticket.resolution_sla else []
    if ticket.first_response_at is None and ticket.status not in ENDED:
        running.append(ticket.first_response_sla)
    ticket.sla_due_at = min(running, default=None)
    ticket.sla_warn_at = (
        ticket.sla_due_at - timedelta(minutes=config.warn_minutes) if ticket.sla_due_at else None
    )
    ticket.sla_state = _state(ticket)
    ticket.next_sla_event_at = ticket.sla_due_at


def _state(ticket: Ticket) -> SlaState:
    if ticket.status in ENDED:
        return SlaState.MET
    if ticket.sla_due_at is None:
        return SlaState.PAUSED
    return SlaState.BREACHED if ticket.sla_due_at <= clock.now() else SlaState.OK
