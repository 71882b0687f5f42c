"""The fixtures themselves: isolation is worth nothing unless it is proven."""

import socket

import pytest
from sqlmodel import select

from tests.support.cast import PASSWORD, Cast
from tests.support.network import LeavesTheMachine
from ticketdesk import clock as desk_clock
from ticketdesk import db
from ticketdesk.models import User
from ticketdesk.services.secrets import password_matches


def test_the_session_sees_acme_alone(session, cast: Cast) -> None:
    emails = {user.email for user in session.exec(select(User)).all()}

    assert "grace@acme.example" in emails
    assert "bo@globex.example" not in emails


def test_the_session_follows_its_tenant(session, cast: Cast) -> None:
    db.set_tenant(session, cast.globex)

    assert [user.email for user in session.exec(select(User)).all()] == ["bo@globex.example"]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_in_the_session_does_not_outlive_the_test(session, grace, turn: int) -> None:
    user = session.exec(select(User).where(User.id == grace.user_id)).one()
    assert user.name == "Grace Hopper"

    user.name = "Somebody Else"
    session.commit()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_in_an_own_database_does_not_outlive_it(database, cast, grace, turn: int) -> None:
    with db.tenant_session(cast.acme) as session:
        user = session.exec(select(User).where(User.id == grace.user_id)).one()
        assert user.name == "Grace Hopper"
        user.name = "Somebody Else"
        session.commit()


def test_everybody_signs_in_with_the_demo_password(system_session, cast: Cast) -> None:
    for user in system_session.exec(select(User)).all():
        assert password_matches(user.password_hash, PASSWORD)


def test_the_clock_stands_still(clock) -> None:
    before = desk_clock.now()
    clock.shift(90)

    assert (desk_clock.now() - before).total_seconds() == 90


@pytest.mark.parametrize("turn", [1, 2])
def test_redis_is_empty_at_first(redis, turn: int) -> None:
    assert redis.dbsize() == 0
    redis.set("left", "behind")


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com"])
def test_no_test_leaves_this_machine(host: str) -> None:
    with pytest.raises(LeavesTheMachine):
        socket.create_connection((host, 80), timeout=1)
