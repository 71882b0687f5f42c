"""The calculator for a person: a due time in the desk's own zone, explained day by day."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk.day_by_day import Day, day_by_day
from ticketdesk.services.desk.moments import moment_mark
from ticketdesk.services.sla.explain import Question, explain

_MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """`due` is a mark of `moments.py`, or '' when nothing ever makes it due.

    `more` counts days that are not shown.
    """

    due: str
    zone: str
    days: list[Day]
    more: int


def calculate(
    session: Session, actor: Actor, *, start: str, minutes: str, pause: tuple[str, str]
) -> Answer:
    """Say when something is due, and why.

    Args:
        start: wall clock time in the zone of the business hours, such as `2026-12-24T18:00`.
        minutes: counted minutes, as typed.
        pause: a stretch in which the customer is waited for; two '' for none.

    Raises:
        Invalid: `fields` names what cannot be read.
    """
    actor.require(UserRole.AGENT, writes=False)
    hours = ticket_settings.of(session, actor.organization_id).sla_config.business_hours
    zone = ZoneInfo(hours.timezone if hours else "UTC")
    pauses = []
    if any(pause):
        pauses = [[_moment(pause[0], zone, "pauseFrom"), _moment(pause[1], zone, "pauseTo")]]
    asked = {"start": _moment(start, zone, "start"), "minutes": minutes, "pauses": pauses}
    found = explain(session, actor, Question.parse(asked))
    days = day_by_day(found.timeline, zone)
    due = moment_mark(found.due_at, zone) if found.due_at else ""
    return Answer(due, zone.key, days[:_MOST_DAYS], max(0, len(days) - _MOST_DAYS))


def _moment(text: str, zone: ZoneInfo, field: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        message = "Choose a day and a time."
        raise Invalid(message, fields={field: message}) from None
