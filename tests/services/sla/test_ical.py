"""Holidays from calendar files, good and bad (issue 8, Show)."""

from contextlib import suppress
from time import monotonic

import pytest

from ticketdesk.errors import Invalid, TooLarge
from ticketdesk.services.sla.ical import LARGEST, read_holidays


def _file(*events: str) -> bytes:
    blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{blocks}END:VCALENDAR\r\n".encode()


def _days(*events: str) -> list[str]:
    return [holiday.day.isoformat() for holiday in read_holidays(_file(*events))]


@pytest.fixture(autouse=True)
def _frozen(clock) -> None:
    """The years that count are those around the frozen one."""


def test_an_event_of_several_days_ends_before_its_end_date() -> None:
    found = _days("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227")

    assert found == ["2026-12-24", "2026-12-25", "2026-12-26"]


def test_a_yearly_event_comes_back_for_five_years_except_where_it_is_left_out() -> None:
    found = _days("DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270501")

    assert found == [f"{year}-05-01" for year in (2025, 2026, 2028, 2029, 2030, 2031)]


def test_an_appointment_is_no_holiday() -> None:
    assert _days("DTSTART:20261224T100000Z\r\nDTEND:20261224T110000Z") == []


def test_names_are_kept_on_one_line() -> None:
    file = _file("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Christmas\\n  Eve")

    assert [holiday.name for holiday in read_holidays(file)] == ["Christmas Eve"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n1 0 obj",
        b"\x00\xff\xfe",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        _file("DTSTART;VALUE=DATE:20261399"),
        _file("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY;BYDAY=XX"),
        _file("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=DAILY"),
        _file(*["DTSTART;VALUE=DATE:20261224"] * 5001),
    ],
)
def test_what_is_no_list_of_holidays_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_holidays(content)


def test_more_than_ten_megabytes_are_refused() -> None:
    with pytest.raises(TooLarge):
        read_holidays(b"x" * (LARGEST + 1))


@pytest.mark.parametrize(
    "filling",
    ["X-A;B=c:d\r\n" * 900_000, "SUMMARY:" + "\r\n ".join(["x" * 70] * 140_000) + "\r\n"],
)
def test_ten_megabytes_of_other_things_take_no_time(filling: str) -> None:
    content = _file("DTSTART;VALUE=DATE:20261224\r\n" + filling)
    began = monotonic()

    with suppress(Invalid):
        read_holidays(content[:LARGEST])

    assert monotonic() - began < 5
