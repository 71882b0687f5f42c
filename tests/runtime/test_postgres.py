"""The embedded PostgreSQL starts whatever its last end was like."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.postgres import Cluster
from ticketdesk.runtime.process import Child, start


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    from ticketdesk.runtime.ports import free_port

    folder = tmp_path_factory.mktemp("data")
    made = Cluster(folder / "postgres", folder / "postgres.log", free_port(), durable=False)
    made.create()
    return made


@pytest.fixture
def started(cluster: Cluster) -> Iterator[Child]:
    child = up(cluster)
    yield child
    child.ask_to_stop()
    child.finish()


def up(cluster: Cluster) -> Child:
    cluster.clear_stale_pid_file()
    child = start(cluster.spec(dict(os.environ)))
    while not cluster.accepts():
        assert child.exit_code() is None, cluster.last_words()
    return child


def test_only_the_password_opens_it(cluster: Cluster, started: Child) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://ticketdesk:wrong@127.0.0.1:{cluster.port}/postgres")


def test_names_sort_and_fold_by_unicode(cluster: Cluster, started: Child) -> None:
    with psycopg.connect(cluster.url("postgres")) as connection:
        row = connection.execute("SELECT lower('ÄÖÜ'), current_setting('TimeZone')").fetchone()

    assert row == ("äöü", "UTC")


def test_a_killed_server_starts_again(cluster: Cluster) -> None:
    child = up(cluster)
    child.popen.kill()
    child.popen.wait()
    assert (cluster.folder / "postmaster.pid").exists()

    again = up(cluster)
    again.ask_to_stop()
    again.finish()
    assert again.exit_code() == 0


def test_a_pid_file_with_a_strangers_pid_stops_nothing(cluster: Cluster) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (cluster.folder / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.folder}\n")
        again = up(cluster)
        again.ask_to_stop()
        again.finish()

        assert stranger.poll() is None
        stranger.kill()


def test_an_orphaned_server_is_stopped_before_the_next(cluster: Cluster) -> None:
    orphan = up(cluster)

    cluster.clear_stale_pid_file()

    assert orphan.exit_code() is not None
    assert not cluster.accepts()


def test_a_cluster_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")

    with pytest.raises(StartError, match="made by PostgreSQL 16"):
        Cluster(tmp_path / "postgres", tmp_path / "log", 5432).exists()


def test_a_cluster_that_cannot_be_made_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    failing = programs / "initdb"
    failing.write_text("#!/bin/sh\necho 'initdb: error: No space left on device' >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr("ticketdesk.runtime.postgres.postgres_bin", lambda: programs)
    cluster = Cluster(tmp_path / "data" / "postgres", tmp_path / "log", 5432)
    (programs / "postgres").touch()

    with pytest.raises(StartError, match="No space left on device"):
        cluster.create()

    assert not cluster.exists()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["postgres.password"]
