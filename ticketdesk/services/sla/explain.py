"""The calculator: a start and minutes in, the due time and every span on the way out."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.models.wire import Command, ShortMoment, View
from ticketdesk.services import ticket_settings
from ticketdesk.services.sla import clock
from ticketdesk.services.sla.calendar import calendar_of
from ticketdesk.services.sla.spans import Pause
from ticketdesk.services.sla.view import LONGEST, SpanView, span_views

MOST_MINUTES = 5_256_000
_MOST_PAUSES = 1000
_SHOWN_WITHOUT_DUE = timedelta(days=28)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Name the zone of a moment, as in 2026-12-24T18:00:00Z")
    if not 1970 <= moment.year <= 2200:
        raise ValueError("Use a moment between the years 1970 and 2200")
    return moment.astimezone(UTC)


def _ten_years_at_most(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        raise ValueError(f"Use 1 to {MOST_MINUTES:,} minutes (ten years)")
    return minutes


When = Annotated[datetime, AfterValidator(_aware)]


class Question(Command):
    """What is to be computed.

    `business_hours` left out means the organization's, null round the clock. A pause is a pair of
    moments; a second one of null means that it still lasts.
    """

    start: When
    minutes: Annotated[int, AfterValidator(_ten_years_at_most)]
    business_hours: BusinessHours | None = None
    pauses: list[tuple[When, When | None]] = Field(default_factory=list, max_length=_MOST_PAUSES)

    @field_validator("pauses")
    @classmethod
    def _forward(cls, pauses: list[tuple[When, When | None]]) -> list[tuple[When, When | None]]:
        for begins, ends in pauses:
            if ends is not None and ends < begins:
                raise ValueError("A pause ends after it begins")
        return pauses

    @model_validator(mode="after")
    def _at_most_one_lasts(self) -> "Question":
        if sum(ends is None for _, ends in self.pauses) > 1:
            raise ValueError("Only one pause can still last")
        return self


class Explained(View):
    """The answer; `due_at` is null when it is never due: paused, or nothing ever opens."""

    due_at: ShortMoment | None
    timeline: list[SpanView]


def explain(session: Session, actor: Actor, question: Question) -> Explained:
    """Compute a due time and explain it; without a due time the first four weeks are shown.

    Raises:
        Invalid: the explanation would be longer than anybody reads.
    """
    actor.require(UserRole.AGENT, writes=False)
    hours = question.business_hours
    if "business_hours" not in question.model_fields_set:
        hours = ticket_settings.of(session, actor.organization_id).sla_config.business_hours
    calendar = calendar_of(hours)
    pauses = [Pause(begins, ends) for begins, ends in question.pauses]
    target = timedelta(minutes=question.minutes)
    due = clock.due(question.start, target, calendar, pauses)
    end = due or question.start + _SHOWN_WITHOUT_DUE
    spans = clock.timeline(question.start, end, calendar, pauses, most=LONGEST + 1)
    if len(spans) > LONGEST:
        message = f"The timeline has more than {LONGEST:,} spans; ask for fewer minutes."
        raise Invalid(message, fields={"minutes": message})
    return Explained(due_at=due, timeline=span_views(spans))
