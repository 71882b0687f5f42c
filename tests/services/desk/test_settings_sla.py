"""Spans of a timeline, cut into local days."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ticketdesk.services.desk.day_by_day import day_by_day
from ticketdesk.services.sla.spans import SpanKind
from ticketdesk.services.sla.view import SpanView

BERLIN = ZoneInfo("Europe/Berlin")


def span(begin: datetime, end: datetime, kind: SpanKind) -> SpanView:
    return SpanView(start=begin, end=end, kind=kind)


def test_a_span_over_midnight_is_shown_on_both_days():
    night = span(
        datetime(2026, 11, 27, 16, tzinfo=UTC),
        datetime(2026, 11, 28, 8, tzinfo=UTC),
        SpanKind.OUTSIDE,
    )
    friday, saturday = day_by_day([night], BERLIN)
    assert [(s.begins, s.ends) for s in friday.stretches] == [("17:00", "24:00")]
    assert [(s.begins, s.ends) for s in saturday.stretches] == [("00:00", "09:00")]
    assert friday.counted == saturday.counted == 0


def test_the_day_on_which_clocks_go_back_has_25_hours():
    sunday = span(
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        datetime(2026, 10, 25, 23, tzinfo=UTC),
        SpanKind.COUNTED,
    )
    (day,) = day_by_day([sunday], BERLIN)
    assert day.counted == 25 * 60
