"""The doctor finds what would hurt later."""

from datetime import timedelta

import psycopg
import pytest

from ticketdesk import db, outbox, unit_of_work
from ticketdesk.services import doctor


@pytest.fixture
def owner(database: str):
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def complaints() -> dict[str, str]:
    return {check.name: check.detail for check in doctor.examine() if not check.ok}


def test_a_healthy_installation_lacks_only_what_the_tests_do_not_run(owner) -> None:
    # The tests' Redis keeps nothing, and no worker runs.
    assert complaints().keys() == {"redis persistence", "workers"}


def test_a_table_without_a_policy_is_named(owner) -> None:
    owner.execute("CREATE TABLE bare (organization_id text)")
    owner.execute("ALTER TABLE tickets DISABLE ROW LEVEL SECURITY")

    assert complaints()["row-level security"] == "no policy on bare, tickets"


def test_a_role_that_owns_tables_is_named(owner) -> None:
    owner.execute("CREATE TABLE owned ()")
    owner.execute("ALTER TABLE owned OWNER TO ticketdesk_app")

    assert complaints()["roles"].startswith("ticketdesk_app can get around")


def test_a_redis_that_forgets_jobs_is_named(owner, redis) -> None:
    redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "allkeys-lru" in complaints()["redis eviction"]
    finally:
        redis.config_set("maxmemory-policy", "noeviction")


def test_promises_that_wait_too_long_are_named(owner, cast, clock) -> None:
    unit_of_work.as_system(
        cast.acme, lambda session, _actor: outbox.put(session, cast.acme, "mail.response", {})
    )
    clock.shift(timedelta(minutes=20))

    found = complaints()

    assert found["outbox"] == "1 waiting, the oldest due for 20 minutes"
    assert found["clocks"].endswith("run a time service everywhere")


def test_it_complains_but_does_not_fail_when_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: object) -> None:
        raise ConnectionRefusedError("Connection refused")

    monkeypatch.setattr(db, "system_session", away)

    assert complaints()["database"] == "Connection refused"
