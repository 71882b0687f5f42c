"""Whether an agent is at work: their own working hours, where they have any."""

from datetime import timedelta

from pydantic import ValidationError

from ticketdesk import clock
from ticketdesk.models import User
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.sla import clock as sla_clock
from ticketdesk.services.sla.calendar import calendar_of

_INSTANT = timedelta(microseconds=1)


def works_now(user: User) -> bool:
    """Whether it is within their `working_hours`; without any, or with broken ones, always."""
    if not user.working_hours:
        return True
    try:
        calendar = calendar_of(BusinessHours.model_validate(user.working_hours))
    except ValidationError:
        return True
    now = clock.now()
    return sla_clock.elapsed(now, now + _INSTANT, calendar) > timedelta(0)
