"""How satisfied the requesters of a period are."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from ticketdesk.models import Satisfaction, Survey
from ticketdesk.models.wire import View


class SatisfactionFigures(View):
    """Answers of the period; `percent` is the share of satisfied ones, None without answers."""

    good: int
    bad: int
    percent: float | None


def since(session: Session, organization_id: str, start: datetime) -> SatisfactionFigures:
    """Count the answers given since `start`."""
    rows = session.exec(
        select(Survey.rating, func.count())
        .where(Survey.organization_id == organization_id, col(Survey.rated_at) >= start)
        .group_by(Survey.rating)
    )
    counts = dict(rows.all())
    good, bad = counts.get(Satisfaction.GOOD, 0), counts.get(Satisfaction.BAD, 0)
    share = round(100 * good / (good + bad), 1) if good + bad else None
    return SatisfactionFigures(good=good, bad=bad, percent=share)
