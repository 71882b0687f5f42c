"""Ready means that requests can be served; what is not well is named, and nothing more."""

from pathlib import Path

import psycopg
import pytest

from ticketdesk import metrics, publisher, unit_of_work
from ticketdesk.services import health
from ticketdesk.settings import settings


def failed(readiness: health.Readiness) -> list[str]:
    return [check.name for check in readiness.checks if not check.ok]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch):
    """Settings read again from a changed environment, and again after the test."""

    def change(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        settings.cache_clear()
        publisher.connection.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()
    publisher.connection.cache_clear()


def test_a_whole_installation_is_ready(redis) -> None:
    readiness = health.ready()

    assert failed(readiness) == []
    assert readiness.body() == {
        "success": True,
        "checks": dict.fromkeys(("database", "migrations", "redis", "storage"), "ok"),
    }


def test_a_database_behind_this_version_is_not_ready(database: str) -> None:
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE alembic_version SET version_num = '20200101_0001'")

    assert failed(health.ready()) == ["migrations"]


def test_without_redis_it_is_not_ready(elsewhere, dead_port: int) -> None:
    elsewhere("REDIS_URL", f"redis://:password@127.0.0.1:{dead_port}/0")

    readiness = health.ready()

    assert failed(readiness) == ["redis"]
    assert "password" not in str(readiness)


def test_without_its_storage_it_is_not_ready(elsewhere, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    elsewhere("TICKETDESK_STORAGE_URL", f"file:{tmp_path}/file/below")

    assert failed(health.ready()) == ["storage"]


def test_a_nearly_full_disk_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)

    assert failed(health.ready()) == ["storage"]


def test_the_figures_count_what_waits(database: str, cast, clock, redis) -> None:
    from datetime import timedelta

    from ticketdesk import outbox

    def promise(session, _actor, delay: timedelta) -> None:
        outbox.put(session, cast.acme, "mail.response", {}, delay=delay)

    unit_of_work.as_system(cast.acme, promise, timedelta(0))
    unit_of_work.as_system(cast.acme, promise, timedelta(hours=1))
    clock.shift(90)

    figures = unit_of_work.across(health.measure)

    assert figures["ticketdesk_outbox_waiting"][1] == {(("subscriber", "mail.response"),): 2.0}
    assert figures["ticketdesk_outbox_oldest_seconds"][1] == {(): 90.0}
    assert figures["ticketdesk_queue_jobs"][1][(("queue", "outbox"),)] == 1.0


def test_the_exposition_holds_counters_and_figures(redis) -> None:
    from ticketdesk import counters

    counters.JOBS.labels("drain.drain", "done").inc()
    text = metrics.exposition(unit_of_work.across(health.measure)).decode()

    assert 'ticketdesk_jobs_total{job="drain.drain",outcome="done"}' in text
    assert "ticketdesk_outbox_oldest_seconds 0.0" in text
