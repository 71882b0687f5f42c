"""The embedded PostgreSQL: made once, configured for a small machine, run as a child."""

import re
import secrets
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from ticketdesk.runtime.account import Account, for_database
from ticketdesk.runtime.binaries import POSTGRES_MAJOR, postgres_bin
from ticketdesk.runtime.children import stop_stray
from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.process import Spec

OWNER = "ticketdesk"
DATABASE = "ticketdesk"
_STOP_GRACE = 30.0
_GIGABYTE = 1024**3
_NEW_CLUSTER = 48 * 1024**2
"""Bytes that a new cluster takes at the least."""
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] ")
_TELLING = re.compile(r"FATAL|PANIC|error:")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster in `folder` that listens on `port` of the loopback address.

    `durable` off trades a crash's safety for speed: for tests, whose data nobody misses.
    """

    folder: Path
    log: Path
    port: int
    durable: bool = True

    @property
    def _password_file(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.password")

    def url(self, database: str = DATABASE) -> str:
        """The owner's address of `database`."""
        password = quote(self._password_file.read_text(encoding="ascii").strip())
        return f"postgresql://{OWNER}:{password}@127.0.0.1:{self.port}/{database}"

    def exists(self) -> bool:
        """Whether the cluster was made; one of another major version raises StartError."""
        try:
            version = (self.folder / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return False
        if version != str(POSTGRES_MAJOR):
            raise StartError(
                f"TICKETDESK_DATA_DIR: {self.folder} was made by PostgreSQL {version}, "
                f"this is {POSTGRES_MAJOR}; export there and import here"
            )
        return True

    def create(self) -> None:
        """Make the cluster whole or not at all; StartError says what initdb said last."""
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        account = self._account()
        self._password_file.write_text(secrets.token_urlsafe(24), encoding="ascii")
        self._password_file.chmod(0o600)
        if account:
            account.own(fresh)
            account.own(self._password_file)
        argv = [
            str(postgres_bin() / "initdb"),
            *("-D", str(fresh), "-U", OWNER, "--pwfile", str(self._password_file)),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *(() if self.durable else ("--no-sync",)),
        ]
        made = subprocess.run(
            account.command(*argv) if account else argv,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if made.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            # Where the disk fills at a bad moment, its last word is about something else.
            full = shutil.disk_usage(self.folder.parent).free < _NEW_CLUSTER
            cause = "No space left on device" if full else _cause(made.stderr)
            raise StartError(f"PostgreSQL cannot be set up: {cause}")
        fresh.rename(self.folder)

    def spec(self, env: dict[str, str]) -> Spec:
        """How to run it: fast shutdown on SIGINT, which also comes if the supervisor is killed."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "120",
            "shared_buffers": f"{_shared_buffers_mb()}MB",
            "effective_cache_size": f"{_shared_buffers_mb() * 3}MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "max_wal_size": "1GB",
            "log_checkpoints": "off",
            "idle_in_transaction_session_timeout": "5min",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        argv = [str(postgres_bin() / "postgres"), "-D", str(self.folder)]
        argv += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        account = self._account()
        return Spec(
            name="postgres",
            argv=account.command(*argv, death_signal="INT") if account else argv,
            env=env,
            log=self.log,
            stop_signal=signal.SIGINT,
            grace=_STOP_GRACE,
            cwd=Path("/"),
        )

    def clear_stale_pid_file(self) -> None:
        """Remove a postmaster.pid whose process is gone or somebody else's; stop a real orphan.

        PostgreSQL refuses to start when the recorded pid belongs to any living process of its own
        account, which after a restart of the machine or container it often does.
        """
        pid_file = self.folder / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            pid_file.unlink(missing_ok=True)
            return
        try:
            ours = str(self.folder) in psutil.Process(pid).cmdline()
        except psutil.NoSuchProcess:
            ours = False
        if ours:
            stop_stray(pid, ask=signal.SIGINT, grace=_STOP_GRACE)
        pid_file.unlink(missing_ok=True)

    def accepts(self) -> bool:
        """Whether it takes connections now."""
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            return True
        return False

    def ensure_database(self, name: str = DATABASE) -> None:
        """Make the database where it is missing."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def last_words(self) -> str:
        """The last thing its log says, for an error message."""
        try:
            return _cause(self.log.read_text(encoding="utf-8", errors="replace"))
        except FileNotFoundError:
            return "it wrote no log"

    def _account(self) -> Account | None:
        return for_database(self.folder, postgres_bin() / "postgres")


def _shared_buffers_mb() -> int:
    """An eighth of the memory, between what works and what a desk can use."""
    return max(32, min(512, int(psutil.virtual_memory().total / _GIGABYTE * 128)))


def _cause(output: str) -> str:
    """The line of PostgreSQL's output that tells why, without its stamp of time and process."""
    lines = [_STAMP.sub("", line.strip()) for line in output.splitlines() if line.strip()][-60:]
    full = [line for line in lines if "No space left on device" in line]
    telling = [line for line in lines if _TELLING.search(line) and "is starting up" not in line]
    return (full or telling or lines or ["it said nothing"])[-1]
