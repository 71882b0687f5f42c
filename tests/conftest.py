"""Fixtures of the whole suite. Servers start once, in the controller, before the workers."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.support import second_try
from tests.support.network import closed_port, stay_home
from tests.support.order import Scheduling, sort_longest_first
from tests.support.servers import Servers, start_servers

if TYPE_CHECKING:
    import redis as redis_client
    from sqlmodel import Session

    from tests.support.cast import Cast
    from tests.support.cast_database import CastDatabase
    from tests.support.desk import Desk
    from tests.support.starting_state import StartingState
    from ticketdesk.actor import Actor

SERVERS = pytest.StashKey[Servers]()
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""A Monday, noon in Berlin: inside business hours, far from a change of the clocks."""


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers in the controller and hand their addresses down by the environment."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    try:
        servers = start_servers()
    except Exception as error:
        raise pytest.UsageError(f"The test servers do not start: {error}") from error
    config.stash[SERVERS] = servers
    os.environ.update(servers.environment())
    # The mail servers of the tests are on this machine.
    os.environ["TICKETDESK_MAIL_NETWORKS"] = "127.0.0.0/8"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers."""
    servers = config.stash.get(SERVERS, None)
    if servers:
        servers.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin, and say which tests may try twice."""
    sort_longest_first(items)
    second_try.allow(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a second try would hide."""
    second_try.show(terminalreporter)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Hand out whole files."""
    return Scheduling(config, log)


@pytest.fixture(autouse=True, scope="session")
def _stay_home() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        stay_home(patch)
        yield


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port of this machine at which a connection is refused."""
    with closed_port() as port:
        yield port


@pytest.fixture(autouse=True, scope="session")
def _own_databases(worker_id: str) -> Iterator[None]:
    """This worker's databases and data dir, so that workers never meet."""
    from tests.support import databases

    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    databases.use_own_places(number)
    with (
        databases.copy_of_template(f"worker_{number}") as url,
        databases.pointed_at(url),
    ):
        yield


@pytest.fixture
def redis() -> "Iterator[redis_client.Redis]":
    """This worker's Redis database, empty before the test."""
    import redis as redis_client

    with redis_client.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushdb()
        yield client


@pytest.fixture(scope="session")
def cast_database(worker_id: str, _own_databases: None) -> "Iterator[CastDatabase]":
    """This worker's database for tests that commit; `database` is what they ask for."""
    from tests.support.cast_database import opened

    with opened(f"test_{worker_id}") as made:
        yield made


@pytest.fixture
def database(
    cast_database: "CastDatabase", redis: "redis_client.Redis", monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database with the cast alone, for tests that commit; yields the owner's address."""
    from tests.support import databases

    cast_database.renew()
    with databases.pointed_at(cast_database.url):
        yield cast_database.url


@pytest.fixture(scope="session")
def _worker_cast(_own_databases: None) -> "Cast":
    from tests.support.cast import read_cast
    from ticketdesk import db

    with db.system_session() as session:
        return read_cast(session)


@pytest.fixture
def cast(_worker_cast: "Cast") -> "Cast":
    """Both organizations' ids and everybody in them; the same in every copy."""
    return _worker_cast


@pytest.fixture
def session(cast: "Cast") -> "Iterator[Session]":
    """A session bound to acme, as the application role; nothing of it outlives the test.

    Bind it to another organization with `db.set_tenant(session, cast.globex)`.
    """
    from sqlmodel import Session

    from ticketdesk import db

    with db.engine(db.APP_ROLE).connect() as connection, connection.begin() as transaction:
        # Outside the session's savepoint: its rollback must not lose the tenant.
        db.set_tenant(connection, cast.acme)
        opened = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        yield opened
        opened.close()
        transaction.rollback()


@pytest.fixture
def system_session() -> "Iterator[Session]":
    """A session across all organizations, as the system role, rolled back after the test."""
    from sqlmodel import Session

    from ticketdesk import db

    with db.engine(db.SYSTEM_ROLE).connect() as connection, connection.begin() as transaction:
        opened = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        yield opened
        opened.close()
        transaction.rollback()


@pytest.fixture
def clock() -> "Iterator[time_machine.Traveller]":
    """The time stands at `NOON`; move it with `clock.shift(…)` and `clock.move_to(…)`."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[tuple[Desk, StartingState]]":
    """A desk with the demo, started as an operator starts it; the files of a worker share it."""
    from tests.support.desk import Desk
    from tests.support.starting_state import StartingState

    desk = Desk(tmp_path_factory.mktemp("journeys") / "data")
    desk.start()
    yield desk, StartingState(desk)
    if desk.process and desk.process.poll() is None:
        desk.process.terminate()
        desk.process.wait(timeout=60)


@pytest.fixture(scope="module")
def running(_running: "tuple[Desk, StartingState]") -> "Desk":
    """The desk with the demo as it was at its start, whatever the file before did to it."""
    desk, at_the_start = _running
    at_the_start.bring_back()
    return desk


@pytest.fixture
def ada(cast: "Cast") -> "Actor":
    """Acme's admin."""
    return cast.ada


@pytest.fixture
def grace(cast: "Cast") -> "Actor":
    """An agent of acme."""
    return cast.grace


@pytest.fixture
def linus(cast: "Cast") -> "Actor":
    """Another agent of acme."""
    return cast.linus


@pytest.fixture
def jane(cast: "Cast") -> "Actor":
    """A customer of acme."""
    return cast.jane


@pytest.fixture
def omar(cast: "Cast") -> "Actor":
    """Another customer of acme."""
    return cast.omar


@pytest.fixture
def bo(cast: "Cast") -> "Actor":
    """The other organization's admin."""
    return cast.bo
