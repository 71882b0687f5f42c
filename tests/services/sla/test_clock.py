"""Properties of the clock (issue 8, Show) and the days on which clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.services.sla import reference
from tests.services.sla.strategies import ZONES, hours, minutes, moments, pauses_after
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.sla import clock
from ticketdesk.services.sla.calendar import ROUND_THE_CLOCK, calendar_of
from ticketdesk.services.sla.spans import Pause, SpanKind

_MINUTE = timedelta(minutes=1)
_WEEK = ("mon", "tue", "wed", "thu", "fri")


def _berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def _office(zone: str = "Europe/Berlin", **more: object) -> BusinessHours:
    weekly = {day: [("09:00", "12:00"), ("13:00", "17:30")] for day in _WEEK}
    return BusinessHours.model_validate({"timezone": zone, "weekly": weekly, **more})


@settings(max_examples=60, deadline=None)
@given(st.data(), moments, minutes, hours)
def test_the_due_time_equals_the_minute_by_minute_reference(
    data, start, wanted, open_hours
) -> None:
    pauses = data.draw(pauses_after(start))
    within = timedelta(days=12)

    found = clock.due(start, wanted * _MINUTE, calendar_of(open_hours), pauses)
    slow = reference.due(start, wanted, open_hours, pauses, within)

    assert found == slow or (slow is None and (found is None or found > start + within))


@settings(max_examples=100, deadline=None)
@given(st.data(), moments, minutes, minutes, hours)
def test_due_times_grow_with_minutes(data, start, fewer, more, open_hours) -> None:
    calendar, pauses = calendar_of(open_hours), data.draw(pauses_after(start))
    first = clock.due(start, fewer * _MINUTE, calendar, pauses)
    second = clock.due(start, (fewer + more) * _MINUTE, calendar, pauses)

    assume(first is not None and second is not None)
    assert first is not None
    assert second is not None
    assert second > first


@settings(max_examples=100, deadline=None)
@given(st.data(), moments, minutes, hours)
def test_a_pause_moves_the_due_time_by_exactly_its_business_time(
    data, start, wanted, open_hours
) -> None:
    calendar = calendar_of(open_hours)
    before = clock.due(start, wanted * _MINUTE, calendar)
    assume(before is not None)
    assert before is not None
    length = int((before - start) / _MINUTE)
    begins = start + data.draw(st.integers(0, length - 1)) * _MINUTE
    pause = Pause(begins, begins + data.draw(st.integers(1, 4000)) * _MINUTE)

    after = clock.due(start, wanted * _MINUTE, calendar, [pause])

    assume(after is not None)
    assert after is not None
    assert pause.end is not None
    paused = clock.elapsed(begins, pause.end, calendar)
    assert clock.elapsed(before, after, calendar) == paused


@settings(max_examples=100, deadline=None)
@given(st.data(), moments, minutes, hours)
def test_the_timeline_is_disjoint_covers_start_to_due_and_its_counted_part_is_the_target(
    data, start, wanted, open_hours
) -> None:
    calendar, pauses = calendar_of(open_hours), data.draw(pauses_after(start))
    due = clock.due(start, wanted * _MINUTE, calendar, pauses)
    assume(due is not None)
    assert due is not None

    spans = clock.timeline(start, due, calendar, pauses)

    assert spans[0].start == start
    assert spans[-1].end == due
    assert all(a.end == b.start and a.kind != b.kind for a, b in pairwise(spans))
    assert all(span.start < span.end for span in spans)
    counted = [span.end - span.start for span in spans if span.kind is SpanKind.COUNTED]
    assert sum(counted, timedelta(0)) == wanted * _MINUTE


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"])
def test_a_week_around_a_change_of_the_clocks_equals_the_reference(zone: str, day: str) -> None:
    weekly = {
        name: [("00:00", "02:30"), ("02:45", "03:15"), ("09:00", "24:00")]
        for name in (*_WEEK, "sat", "sun")
    }
    open_hours = BusinessHours.model_validate({"timezone": zone, "weekly": weekly})
    start = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=3)

    for wanted in (1, 1500, 4000, 7000):
        assert clock.due(start, wanted * _MINUTE, calendar_of(open_hours)) == reference.due(
            start, wanted, open_hours, [], timedelta(days=12)
        )


def test_a_skipped_hour_does_not_count_and_a_repeated_one_counts_twice() -> None:
    night = {"timezone": "Europe/Berlin", "weekly": {"sun": [("02:00", "03:00")]}}
    calendar = calendar_of(BusinessHours.model_validate(night))

    spring = clock.elapsed(_berlin("2026-03-29T00:00"), _berlin("2026-03-29T12:00"), calendar)
    autumn = clock.elapsed(_berlin("2026-10-25T00:00"), _berlin("2026-10-25T12:00"), calendar)

    assert (spring, autumn) == (timedelta(0), timedelta(hours=2))


def test_a_shift_until_midnight_and_one_from_midnight_are_one_night() -> None:
    weekly = {"mon": [("22:00", "24:00")], "tue": [("00:00", "06:00")]}
    calendar = calendar_of(BusinessHours.model_validate({"weekly": weekly}))
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)

    due = clock.due(start, timedelta(hours=8), calendar)

    assert due == datetime(2026, 3, 3, 6, tzinfo=UTC)
    kinds = [span.kind for span in clock.timeline(start, due, calendar)]
    assert kinds == [SpanKind.OUTSIDE, SpanKind.COUNTED]


def test_the_lunch_break_and_the_night_do_not_count() -> None:
    due = clock.due(_berlin("2026-03-02T11:30"), timedelta(hours=8), calendar_of(_office()))

    assert due == _berlin("2026-03-03T12:00")


def test_holidays_do_not_count_own_ones_and_those_of_a_country() -> None:
    calendar = calendar_of(_office(holidays=["2026-12-24"], holidaySets=["DE"]))

    due = clock.due(_berlin("2026-12-23T17:00"), timedelta(hours=1), calendar)

    assert due == _berlin("2026-12-28T09:30")


def test_a_holiday_of_a_part_of_a_country_counts_in_the_others() -> None:
    epiphany = _berlin("2026-01-06T09:00")
    bavaria, berlin = (calendar_of(_office(holidaySets=[name])) for name in ("DE-BY", "DE-BE"))

    assert clock.due(epiphany, timedelta(hours=1), berlin) == _berlin("2026-01-06T10:00")
    assert clock.due(epiphany, timedelta(hours=1), bavaria) == _berlin("2026-01-07T10:00")


def test_a_day_that_a_zone_left_out_is_left_out() -> None:
    weekly = {"fri": [("09:00", "17:00")]}
    calendar = calendar_of(
        BusinessHours.model_validate({"timezone": "Pacific/Apia", "weekly": weekly})
    )
    start = datetime(2011, 12, 29, tzinfo=UTC)

    # Samoa went from Thursday, 29 December 2011 straight to Saturday, 31 December.
    due = clock.due(start, timedelta(hours=1), calendar)

    assert due == datetime(2012, 1, 6, 10, tzinfo=ZoneInfo("Pacific/Apia"))


def test_an_open_pause_leaves_no_due_time_unless_it_came_before() -> None:
    start = datetime(2026, 3, 2, 11, tzinfo=UTC)
    open_pause = [Pause(start + timedelta(hours=1), None)]

    assert clock.due(start, timedelta(hours=2), ROUND_THE_CLOCK, open_pause) is None
    assert clock.due(start, timedelta(hours=1), ROUND_THE_CLOCK, open_pause) == open_pause[0].start


def test_seconds_are_kept() -> None:
    start = datetime(2026, 3, 2, 11, 0, 17, 250_000, tzinfo=UTC)

    assert clock.due(start, _MINUTE, ROUND_THE_CLOCK) == start + _MINUTE


def test_hours_that_never_open_are_never_due() -> None:
    closed = calendar_of(BusinessHours())
    start = datetime(2026, 3, 2, tzinfo=UTC)

    assert clock.due(start, _MINUTE, closed) is None
    assert clock.elapsed(start, start + timedelta(days=9), closed) == timedelta(0)


def test_a_billion_minutes_are_due_in_a_far_year_or_never_and_never_take_long() -> None:
    start, target = datetime(2026, 3, 2, tzinfo=UTC), timedelta(minutes=10**9)

    assert clock.due(start, target, calendar_of(_office())) is None
    assert clock.due(start, target, ROUND_THE_CLOCK) == start + target
    assert clock.due(datetime(9000, 1, 1, tzinfo=UTC), target, ROUND_THE_CLOCK) is None
