"""What the property tests of the clock draw from."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.sla.spans import Pause

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Moscow", "Africa/Cairo",
    "Africa/Casablanca", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
    "America/Havana", "America/St_Johns", "America/Santiago", "Asia/Kathmandu", "Asia/Tehran",
    "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia",
    "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _reading(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def shifts(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A day's shifts: none, one or several, some ending at 24:00."""
    edges = draw(st.lists(st.integers(0, 1440), min_size=0, max_size=6, unique=True).map(sorted))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(_reading(start), _reading(end)) for start, end in pairs]


@st.composite
def business_hours(draw: st.DrawFn) -> BusinessHours:
    """Shifts for each weekday in some zone, with a few holidays of 2026 and 2027."""
    days = st.dates(datetime(2026, 1, 1).date(), datetime(2027, 12, 31).date())
    return BusinessHours(
        timezone=draw(st.sampled_from(ZONES)),
        weekly={day: draw(shifts()) for day in _DAYS},
        holidays=[day.isoformat() for day in draw(st.lists(days, max_size=5))],
    )


hours = st.none() | business_hours()
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
minutes = st.integers(1, 3000)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Closed pauses that begin after a moment, in any order, overlapping or not."""
    pairs = st.tuples(st.integers(0, 6000), st.integers(0, 4000))
    return [
        Pause(start + timedelta(minutes=a), start + timedelta(minutes=a + b))
        for a, b in draw(st.lists(pairs, max_size=4))
    ]
