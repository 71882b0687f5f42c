"""The form as it would look with settings that nobody has saved."""

import pytest

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services.embed import previewing

URL = "/embed/tickets?organizationId={}&preview={}"
DRAFT = {
    "title": "Ask us anything",
    "customFields": [{"key": "order", "label": "Order number", "kind": "number"}],
}


@pytest.fixture
def name(database, redis, ada) -> str:
    return unit_of_work.as_actor(ada, previewing.keep, DRAFT)


async def test_a_draft_is_drawn_by_the_real_form_for_our_own_pages_only(visitor, name) -> None:
    page = await visitor.get(URL.format("acme", name))

    assert "Ask us anything" in page.text
    assert ">Order number</label>" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]


async def test_a_draft_changes_nothing_of_the_form_itself(visitor, name) -> None:
    page = await visitor.get("/embed/tickets?organizationId=acme")

    assert "Ask us anything" not in page.text


@pytest.mark.parametrize("wrong", ["1", "0" * 32, "x" * 500, "../../x"])
async def test_a_preview_that_is_not_there_shows_what_is_saved(visitor, name, wrong: str) -> None:
    page = await visitor.get(URL.format("acme", wrong))

    assert page.status_code == 200
    assert "How can we help?" in page.text


async def test_another_organizations_draft_is_not_there(visitor, name) -> None:
    page = await visitor.get(URL.format("globex", name))

    assert "Ask us anything" not in page.text


async def test_a_draft_is_forgotten_after_a_while(visitor, name, redis) -> None:
    (key,) = redis.keys("door:preview:*")

    assert 0 < redis.ttl(key) <= previewing.KEPT


def test_only_admins_draft_and_what_could_not_be_saved_is_refused(database, redis, ada, grace):
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(grace, previewing.keep, DRAFT)
    with pytest.raises(Invalid):
        unit_of_work.as_actor(ada, previewing.keep, {"color": "red"})
