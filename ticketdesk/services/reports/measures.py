"""What is measured of a set of tickets, as SQL."""

from typing import Any

from sqlalchemy import Float, exists, func, or_
from sqlmodel import col

from ticketdesk.models import Ticket, TicketActivity
from ticketdesk.models.enums import SlaState, TicketActivityType
from ticketdesk.services.reports.query import Scope
from ticketdesk.services.reports.views import Times


def minutes(later: Any, earlier: Any) -> Any:
    """Return the minutes between two columns."""
    return func.extract("epoch", later - earlier) / 60


def percentile(part: float, values: Any) -> Any:
    """Return the value below which that part of them lies."""
    return func.percentile_cont(part).within_group(values).cast(Float)


def first_missed(scope: Scope) -> Any:
    """Return the condition for a first response that came late, or is late by now."""
    answered, due = col(Ticket.first_response_at), col(Ticket.first_response_sla)
    return or_(answered > due, answered.is_(None) & (due <= scope.now))


def missed(scope: Scope) -> Any:
    """Return the condition for tickets with any missed target."""
    told = exists().where(
        TicketActivity.ticket_id == Ticket.id,
        TicketActivity.organization_id == scope.organization_id,
        TicketActivity.activity_type == TicketActivityType.SLA_BREACHED,
    )
    return or_(first_missed(scope), col(Ticket.sla_state) == SlaState.BREACHED, told)


def times(median: Any, p90: Any) -> Times:
    """Return two minutes as the view shows them."""
    return Times(median=rounded(median), p90=rounded(p90))


def rounded(value: Any) -> float | None:
    """Return a figure with one digit behind the point."""
    return None if value is None else round(float(value), 1)


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
