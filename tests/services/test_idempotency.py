"""The same key and body give the same answer for 24 hours."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from ticketdesk.errors import Conflict, Invalid
from ticketdesk.services import idempotency
from ticketdesk.services.idempotency import once


def _counting():
    count = 0

    def run() -> dict:
        nonlocal count
        count += 1
        return {"count": count}

    return run


def test_a_repeat_gets_the_first_answer(session: Session, grace) -> None:
    run = _counting()

    answers = [once(session, grace, "k", "POST /x", {"a": 1}, run) for _ in range(3)]

    assert answers == [{"count": 1}] * 3


def test_without_a_key_everything_runs(session: Session, grace) -> None:
    run = _counting()

    assert [once(session, grace, None, "POST /x", {}, run)["count"] for _ in range(2)] == [1, 2]


def test_another_body_is_a_conflict(session: Session, grace) -> None:
    once(session, grace, "k", "POST /x", {"a": 1}, _counting())

    with pytest.raises(Conflict):
        once(session, grace, "k", "POST /x", {"a": 2}, _counting())


def test_the_order_of_a_bodys_keys_does_not_matter(session: Session, grace) -> None:
    run = _counting()
    once(session, grace, "k", "POST /x", {"a": 1, "b": 2}, run)

    assert once(session, grace, "k", "POST /x", {"b": 2, "a": 1}, run) == {"count": 1}


def test_callers_and_routes_never_meet(session: Session, grace, linus) -> None:
    run = _counting()
    for actor, route in ((grace, "POST /x"), (grace, "POST /y"), (linus, "POST /x")):
        once(session, actor, "k", route, {}, run)

    assert once(session, grace, "k", "POST /x", {}, run) == {"count": 1}
    assert once(session, linus, "k", "POST /x", {}, run) == {"count": 3}


def test_a_key_is_free_again_after_a_day(session: Session, grace, clock) -> None:
    run = _counting()
    once(session, grace, "k", "POST /x", {"a": 1}, run)
    clock.shift(idempotency.KEPT - timedelta(seconds=1))
    assert once(session, grace, "k", "POST /x", {"a": 1}, run) == {"count": 1}
    clock.shift(timedelta(seconds=2))

    assert once(session, grace, "k", "POST /x", {"a": 2}, run) == {"count": 2}


@pytest.mark.parametrize("key", ["", "x" * 256, "line\nbreak"])
def test_a_key_is_short_and_printable(session: Session, grace, key: str) -> None:
    with pytest.raises(Invalid):
        once(session, grace, key, "POST /x", {}, _counting())
