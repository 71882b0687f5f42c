"""The demo's notation of time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ticketdesk.demo.timetable import Timetable, working_day

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 9, 30, 20, tzinfo=UTC)
TIMES = Timetable(TUESDAY, BERLIN)


def test_days_are_working_days() -> None:
    assert working_day(date(2026, 11, 24), -2) == date(2026, 11, 20)
    assert working_day(date(2026, 11, 22), -1) == date(2026, 11, 20)
    assert working_day(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_day(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_a_day_and_a_time_are_meant_in_the_zone_of_the_desk() -> None:
    assert TIMES.read("1d@09:40") == datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def test_across_the_change_of_the_clocks_the_time_of_day_stays() -> None:
    assert TIMES.read("22d@09:40") == datetime(2026, 10, 23, 7, 40, tzinfo=UTC)


def test_a_minus_counts_back_from_now_in_whole_minutes() -> None:
    assert TIMES.read("-30m") == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_plus_counts_from_what_happened_last() -> None:
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    assert TIMES.read("+2h", friday) == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert TIMES.read("+1d", friday) == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("notation", ["soon", "3d", "+5x", "+5m"])
def test_anything_else_is_refused(notation: str) -> None:
    with pytest.raises(ValueError, match=r"demo|follows"):
        TIMES.read(notation)
