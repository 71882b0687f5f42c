"""The benchmarks still run against today's schema, with a handful of tickets."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bench import creates, lists, load, searches, timing
from bench.installation import Installation
from ticketdesk import db
from ticketdesk.settings import settings

_DATABASE = "bench_smoke"


@pytest.fixture
def installation(
    _own_databases: None, redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker_id: str
) -> Iterator[Installation]:
    """Two sizes in databases of their own on the test server."""
    monkeypatch.setattr(db, "engine", db.engine)
    monkeypatch.setattr(load, "ORGANIZATIONS", 2)
    monkeypatch.setattr(load, "OTHERS", 30)
    monkeypatch.setattr(timing, "RUNS", 2)
    made = Installation(tmp_path, 1.0, settings())
    names = {"small": f"{_DATABASE}_{worker_id}_1", "large": f"{_DATABASE}_{worker_id}_2"}
    for (name, database), tickets in zip(names.items(), (120, 240), strict=True):
        made.sizes[name] = load.fill(made, database, tickets)
    yield made
    for engine in made.engines.values():
        engine.dispose()
    with psycopg.connect(made.address("postgres"), autocommit=True) as connection:
        for database in names.values():
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())


def test_lists_searches_and_creates_run(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creates, "COUNT", 3)

    for bench in (lists, searches, creates):
        results = list(bench.run(installation))
        assert all(result.value > 0 for result in results), bench.__name__


def test_the_load_ends_with_the_schema_it_began_with(installation: Installation) -> None:
    def indexes(database: str) -> set[str]:
        with psycopg.connect(installation.address(database)) as connection:
            rows = connection.execute(
                "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
            )
            return {name for (name,) in rows}

    untouched = str(settings().database_url).rsplit("/", 1)[1]
    assert indexes(installation.sizes["small"].database) == indexes(untouched)
