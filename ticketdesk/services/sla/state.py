"""How a ticket stands against its targets at this moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col

from ticketdesk import clock
from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState


def state_of(ticket: Ticket, at: datetime | None = None) -> SlaState:
    """Return the state; the stored one may lag behind the clock until the sweeper comes by."""
    moment = at or clock.now()
    if ticket.sla_state in (SlaState.BREACHED, SlaState.PAUSED, SlaState.MET):
        return SlaState(ticket.sla_state)
    if ticket.sla_due_at is None:
        return SlaState.OK
    if ticket.sla_due_at <= moment:
        return SlaState.BREACHED
    if ticket.sla_warn_at is not None and ticket.sla_warn_at <= moment:
        return SlaState.DUE_SOON
    return SlaState.OK


def condition(state: SlaState, at: datetime | None = None) -> Any:
    """Return the SQL condition for tickets in a state, equal to `state_of` row by row."""
    moment = at or clock.now()
    due, warn, stored = col(Ticket.sla_due_at), col(Ticket.sla_warn_at), col(Ticket.sla_state)
    running = stored.not_in([SlaState.BREACHED, SlaState.PAUSED, SlaState.MET])
    if state == SlaState.BREACHED:
        return or_(stored == SlaState.BREACHED, and_(running, due <= moment))
    if state == SlaState.DUE_SOON:
        return and_(running, due > moment, warn <= moment)
    if state == SlaState.OK:
        return and_(
            running, or_(due.is_(None), and_(due > moment, or_(warn.is_(None), warn > moment)))
        )
    return stored == state
