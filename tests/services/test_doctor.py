"""The doctor finds what would hurt later."""

import os
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from redis import Redis
from sqlmodel import Session

from tests.support.databases import copy_of_template, pointed_at
from tests.support.file_fixtures import configured, folder
from ticketdesk import db, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.clock import now
from ticketdesk.models import TicketAttachment
from ticketdesk.services import doctor
from ticketdesk.services.files import doors

__all__ = ["configured", "folder"]


@pytest.fixture
def database(worker_id: str, redis: Redis) -> Iterator[str]:
    """A copy for each test: some change the schema."""
    with copy_of_template(f"doctor_{worker_id}") as url, pointed_at(url):
        yield url


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


def test_files_without_bytes_and_bytes_without_a_file_are_counted(owner, cast, folder) -> None:
    def take(session: Session, actor: Actor) -> TicketAttachment:
        return doors.take(session, actor, [b"hello"], name="a.txt", declared="text/plain")

    def told() -> str:
        return next(check.detail for check in doctor.examine() if check.name == "files")

    row = unit_of_work.as_actor(cast.grace, take)
    assert told() == "1 all there"
    owner.execute("DELETE FROM ticket_attachments")
    long_ago = now().timestamp() - 2 * 24 * 3600
    os.utime(folder.root / row.storage_key, (long_ago, long_ago))
    assert told() == "0 all there, 1 stored without a file"
    again = unit_of_work.as_actor(cast.grace, take)
    assert again.storage_key == row.storage_key
    (folder.root / row.storage_key).unlink()
    assert "1 of 1 files have lost their bytes" in told()
