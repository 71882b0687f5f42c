"""Who looks at a ticket just now."""

import json

import pytest

from tests.services.tickets.threads import ticket
from ticketdesk.errors import NotFound
from ticketdesk.services import presence


def others(session, actor, reference, *, typing=False):
    return [
        (p["name"], p["typing"]) for p in presence.here(session, actor, reference, typing=typing)
    ]


def test_two_agents_see_each_other_and_nobody_sees_themselves(session, redis, grace, linus):
    one = ticket(session, grace)
    assert others(session, grace, one.id) == []
    assert others(session, linus, one.id, typing=True) == [(grace.name, False)]
    assert others(session, grace, one.id) == [(linus.name, True)]


def test_a_vanished_browser_is_gone_for_everybody_within_fifteen_seconds(
    session, redis, grace, linus, clock
):
    one = ticket(session, grace)
    others(session, grace, one.id)
    clock.shift(1)
    others(session, linus, one.id, typing=True)
    seen = []
    for _ in range(1, 15, presence.EVERY):
        clock.shift(presence.EVERY)
        seen = others(session, grace, one.id)
    assert seen == []


def test_a_word_lost_on_the_way_makes_nobody_vanish(session, redis, grace, linus, clock):
    one = ticket(session, grace)
    others(session, linus, one.id)
    clock.shift(2 * presence.EVERY)
    assert others(session, grace, one.id) == [(linus.name, False)]


def test_whoever_leaves_is_gone_at_once_and_the_others_hear_of_it(session, redis, grace, linus):
    one = ticket(session, grace)
    others(session, linus, one.id)
    with redis.pubsub() as heard:
        heard.subscribe(f"presence:{one.id}")
        heard.get_message(timeout=1)
        presence.gone(session, linus, one.id)
        body = json.loads(heard.get_message(timeout=1)["data"])
    assert body["type"] == "presence:changed"
    assert set(body) == {"type", "organizationId", "ticketId"}
    assert others(session, grace, one.id) == []


def test_presence_is_told_of_only_where_one_may_look(session, redis, grace, bo):
    one = ticket(session, grace)
    with pytest.raises(NotFound):
        presence.here(session, bo, one.id, typing=False)
