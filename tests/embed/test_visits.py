"""Form analytics: how far visits get."""

from datetime import timedelta

import pytest

from ticketdesk import clock as desk_clock
from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden
from ticketdesk.services.embed import visits

URL = "/api/embed/tickets/events"


async def tell(visitor, visit: int, *events: tuple[str, str | None]) -> None:
    for event, step in events:
        body = {"organizationId": "acme", "visit": f"{visit:016x}", "event": event, "step": step}
        assert (await visitor.post(URL, json=body)).status_code == 204


async def test_the_abandonment_rate_is_the_share_of_started_visits_not_sent(visitor, grace) -> None:
    await tell(visitor, 1, ("opened", None))
    await tell(visitor, 2, ("opened", None), ("step", "issue"), ("abandoned", None))
    await tell(
        visitor, 3, ("opened", None), ("step", "issue"), ("step", "attachments"),
        ("step", "issue"), ("step", "attachments"), ("submitted", None), ("submitted", None),
    )  # fmt: skip
    now = desk_clock.now()
    funnel = unit_of_work.as_actor(
        grace, visits.funnel, now - timedelta(hours=1), now + timedelta(hours=1)
    )

    assert (funnel.opened, funnel.started, funnel.submitted) == (3, 2, 1)
    assert (funnel.issue, funnel.attachments) == (2, 1)
    assert funnel.abandonment_rate == 0.5


async def test_only_staff_read_them(jane) -> None:
    now = desk_clock.now()
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(jane, visits.funnel, now, now)


async def test_an_event_of_another_kind_is_refused(visitor) -> None:
    body = {"organizationId": "acme", "visit": "0" * 16, "event": "typed"}

    assert (await visitor.post(URL, json=body)).status_code == 422
