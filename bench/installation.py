"""An installation of its own in a temporary folder: the embedded servers as in production."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from ticketdesk import db, migrations, publisher
from ticketdesk.cli.connect import connected, services
from ticketdesk.settings import Settings, adopt, settings

_ENGINE = db.engine


@dataclass(slots=True)
class Installation:
    """The running servers; `scale` shrinks every size for a quick look (BENCH_SCALE)."""

    folder: Path
    scale: float
    servers: Settings
    engines: dict[tuple[str, str], Engine] = field(default_factory=dict)
    sizes: dict[str, "Sized"] = field(default_factory=dict)

    def scaled(self, count: int) -> int:
        """Return a count, shrunk by the scale, never below 1,000."""
        return max(min(count, 1000), int(count * self.scale))

    def address(self, database: str) -> str:
        """Return the owner's address of a database."""
        return str(self.servers.database_url).rsplit("/", 1)[0] + f"/{database}"

    def create(self, database: str) -> None:
        """Make an empty, migrated database and open pools on it."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        with self._pointed_at(database):
            migrations.migrate()
            _ENGINE.cache_clear()
            for role in (db.APP_ROLE, db.SYSTEM_ROLE):
                self.engines[database, role] = _ENGINE(role)
            _ENGINE.cache_clear()

    @contextmanager
    def _pointed_at(self, database: str) -> Iterator[None]:
        adopt(replace(self.servers, database_url=self.address(database)))
        yield
        adopt(self.servers)

    def use(self, database: str) -> None:
        """Let the unit of work reach this database; pools stay open, so this costs nothing."""
        db.engine = lambda role: self.engines[database, role]


@contextmanager
def connected_to(data_dir: Path) -> Iterator[Settings]:
    """Let this process's unit of work reach the desk that runs on a data dir."""
    before, engine = dict(os.environ), db.engine
    os.environ.update(DATABASE_URL="", REDIS_URL="", TICKETDESK_DATA_DIR=str(data_dir))
    os.environ.pop("TICKETDESK_SECRET_KEY", None)
    db.engine = _ENGINE
    _start_anew()
    try:
        yield connected()
    finally:
        os.environ.clear()
        os.environ.update(before)
        db.engine = engine
        _start_anew()


def _start_anew() -> None:
    settings.cache_clear()
    _ENGINE.cache_clear()
    publisher.connection.cache_clear()


@dataclass(frozen=True, slots=True)
class Sized:
    """A filled database: the organization that is looked at, and one of its agents."""

    database: str
    tickets: int
    organization_id: str
    agent_id: str


@contextmanager
def installed() -> Iterator[Installation]:
    """Start the servers in a fresh folder, and remove everything afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ticketdesk-bench-"))
    folder.chmod(0o711)
    for name in ("DATABASE_URL", "REDIS_URL", "TICKETDESK_BASE_URL"):
        os.environ[name] = ""
    os.environ["TICKETDESK_DATA_DIR"] = str(folder / "data")
    os.environ["TICKETDESK_DEMO"] = "0"
    os.environ["TICKETDESK_MAIL_NETWORKS"] = "127.0.0.0/8"
    settings.cache_clear()
    try:
        with services() as found:
            # The supervisor only takes note of a signal; nobody is listening to it here.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.default_int_handler)
            migrations.migrate()
            yield Installation(folder, float(os.environ.get("BENCH_SCALE") or 1), found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
