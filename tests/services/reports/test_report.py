"""Analytics, checked against tickets made by hand."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.tickets import threads
from ticketdesk import db
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services.reports.query import ReportQuery
from ticketdesk.services.reports.report import report
from ticketdesk.services.tickets.assign import assign
from ticketdesk.services.tickets.commands import ChangeStatus
from ticketdesk.services.tickets.status import change_status

# NOON is 12:00 on Monday, 2 March 2026 in Berlin, acme's zone.


@pytest.fixture(autouse=True)
def _nothing_kept(redis) -> None:
    """Figures of another test must not be found in Redis."""


def _asked(session: Session, actor, **values):
    return report(session, actor, ReportQuery.parse(values))


def _resolve(session: Session, actor, ticket_id: str) -> None:
    change_status(session, actor, ticket_id, ChangeStatus.parse({"status": "RESOLVED"}))


def test_the_backlog_is_counted_back_from_what_is_open_now(session: Session, grace, clock) -> None:
    first = threads.ticket(session, grace)
    threads.ticket(session, grace)
    clock.shift(timedelta(days=1))
    threads.ticket(session, grace)
    _resolve(session, grace, first.id)
    clock.shift(timedelta(days=1))

    found = _asked(session, grace, days=4)

    days = [(one.date[-2:], one.created, one.resolved, one.backlog) for one in found.buckets]
    assert days == [("01", 0, 0, 0), ("02", 2, 0, 2), ("03", 1, 1, 2), ("04", 0, 0, 2)]
    assert (found.totals.created, found.totals.resolved, found.totals.backlog) == (3, 1, 2)


def test_times_are_medians_and_ninetieth_percentiles(session: Session, grace, clock) -> None:
    tickets = [threads.ticket(session, grace) for _ in range(3)]
    for one in tickets:
        clock.shift(timedelta(minutes=10))
        threads.write(session, grace, one.id, "Hello")
        _resolve(session, grace, one.id)

    found = _asked(session, grace)

    assert (found.totals.first_response.median, found.totals.first_response.p90) == (20.0, 28.0)
    assert (found.totals.resolution.median, found.totals.resolution.p90) == (20.0, 28.0)
    assert found.buckets[-1].first_response.median == 20.0


def test_a_breach_is_not_kept_and_everything_else_is(session: Session, grace, clock) -> None:
    threads.ticket(session, grace)
    clock.shift(timedelta(days=30))
    for _ in range(3):
        threads.ticket(session, grace)

    found = _asked(session, grace, days=60)

    assert found.totals.sla_kept == 75.0
    assert (found.totals.first_response_met, found.totals.first_response_missed) == (0, 1)


def test_tickets_are_told_apart_by_channel_category_agent_tag_and_priority(
    session: Session, grace, linus, clock
) -> None:
    mine = threads.ticket(session, grace, category="Billing", tags=["refund", "vip"])
    threads.ticket(session, grace, tags=["refund"], priority="URGENT")
    assign(session, grace, mine.id, linus.user_id)

    by = _asked(session, grace).by

    assert [(one.key, one.created) for one in by.tag] == [("refund", 2), ("vip", 1)]
    assert {one.key: one.created for one in by.category} == {"Billing": 1, "": 1}
    assert {one.label: one.created for one in by.agent} == {linus.name: 1, "": 1}
    assert {one.key: one.created for one in by.priority} == {"MEDIUM": 1, "URGENT": 1}
    assert [one.created for one in by.channel] == [2]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"category": "Billing"}, 1),
        ({"tag": "refund"}, 2),
        ({"priority": "URGENT"}, 1),
        ({"agent": "nobody we know"}, 0),
        ({"tag": "refund", "category": "Billing"}, 1),
    ],
)
def test_filters_hold_together(session: Session, grace, clock, filters: dict, count: int) -> None:
    threads.ticket(session, grace, category="Billing", tags=["refund"])
    threads.ticket(session, grace, tags=["refund"], priority="URGENT")

    found = _asked(session, grace, **filters)

    assert (found.totals.created, found.totals.backlog) == (count, count)


def test_a_long_period_is_shown_in_weeks_that_begin_on_monday(
    session: Session, grace, clock
) -> None:
    threads.ticket(session, grace)

    found = _asked(session, grace, days=365)

    assert found.unit == "week"
    assert found.buckets[-1].date == "2026-03-02"
    assert found.buckets[-1].created == 1
    assert len(found.buckets) in (53, 54)


def test_another_organizations_tickets_are_not_counted(
    session: Session, cast, grace, bo, clock
) -> None:
    threads.ticket(session, grace, tags=["secret"])
    db.set_tenant(session, cast.globex)

    found = _asked(session, bo)

    assert found.totals.created == 0
    assert found.by.tag == []


def test_customers_see_no_figures_and_odd_periods_are_refused(
    session: Session, jane, grace
) -> None:
    with pytest.raises(Forbidden):
        _asked(session, jane)
    for days in (0, 367):
        with pytest.raises(Invalid):
            _asked(session, grace, days=days)


def test_a_period_of_ones_own_counts_between_two_days(session: Session, grace, clock) -> None:
    first = threads.ticket(session, grace)
    clock.shift(timedelta(days=1))
    threads.ticket(session, grace)
    clock.shift(timedelta(days=1))
    _resolve(session, grace, first.id)
    threads.ticket(session, grace)
    clock.shift(timedelta(days=3))

    found = _asked(session, grace, since="2026-03-01", until="2026-03-03")

    days = [(one.date[-2:], one.created, one.resolved, one.backlog) for one in found.buckets]
    assert days == [("01", 0, 0, 0), ("02", 1, 0, 1), ("03", 1, 0, 2)]
    assert (found.since, found.until, found.days) == ("2026-03-01", "2026-03-03", 3)
    assert (found.totals.created, found.totals.resolved, found.totals.backlog) == (2, 0, 2)


def test_a_period_ends_today_at_the_latest(session: Session, grace, clock) -> None:
    found = _asked(session, grace, since="2026-03-01", until="2026-04-01")
    assert [one.date for one in found.buckets] == ["2026-03-01", "2026-03-02"]
    assert _asked(session, grace, since="2026-03-01").until == "2026-03-02"
    assert _asked(session, grace, since="2027-01-01").days == 1


@pytest.mark.parametrize(
    "values",
    [
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"until": "2026-03-01"},
        {"since": "2025-01-01", "until": "2026-03-01"},
        {"since": "yesterday"},
        {"since": "2026-02-30", "until": "2026-03-01"},
    ],
)
def test_a_period_that_is_none_is_refused(values) -> None:
    with pytest.raises(Invalid):
        ReportQuery.parse(values)


def test_a_long_period_of_ones_own_comes_in_weeks(session: Session, grace, clock) -> None:
    found = _asked(session, grace, since="2025-10-01", until="2026-02-01")
    assert (found.unit, found.since) == ("week", "2025-09-29")
    assert found.buckets[-1].date == "2026-01-26"
