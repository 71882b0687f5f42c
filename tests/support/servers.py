"""PostgreSQL and Redis for one test run: started by the controller, dying with it."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

from ticketdesk.runtime.account import for_database
from ticketdesk.runtime.binaries import postgres_bin
from ticketdesk.runtime.ports import free_port
from ticketdesk.runtime.postgres import Cluster
from ticketdesk.runtime.process import Child, start
from ticketdesk.runtime.redis_server import RedisServer

SECRET_KEY = "tests-only-secret-key-of-sufficient-length"
TEMPLATE = "ticketdesk_template"
_PREFIX = "ticketdesk-tests-"
_STARTS_WITHIN = 60.0

# Set but blank: a developer's own .env must not reach the tests.
_BLANK = (
    "TICKETDESK_BASE_URL",
    "TICKETDESK_STORAGE_URL",
    "TICKETDESK_TRUSTED_PROXIES",
    "TICKETDESK_CLAMD",
    "SENTRY_DSN",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "WEB_WORKERS",
    "JOB_WORKERS",
)


@dataclass(slots=True)
class Servers:
    """The running servers and their folder."""

    folder: Path
    cluster: Cluster
    redis: RedisServer
    children: list[Child]

    def stop(self) -> None:
        """Stop both and remove what they kept."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.finish()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """The variables under which the tests, and every process they start, run."""
        return dict.fromkeys(_BLANK, "") | {
            "DATABASE_URL": self.cluster.url(TEMPLATE),
            "REDIS_URL": self.redis.url(),
            "PORT": "8000",
            "TICKETDESK_DATA_DIR": str(self.folder / "data"),
            "TICKETDESK_SECRET_KEY": SECRET_KEY,
            "TICKETDESK_DEMO": "0",
            "TICKETDESK_EMBEDDED": "1",
            **self._compiled_once(),
        }

    def _compiled_once(self) -> dict[str, str]:
        """Where Python is told to keep no bytecode, the run keeps its own in the folder.

        Half of a desk's start would be compiling otherwise, in each of its processes.
        """
        if not sys.dont_write_bytecode:
            return {}
        return {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
        }


def start_servers() -> Servers:
    """Start both and build the template database; no durability: nobody misses this data.

    Should the test run be killed, the kernel stops them; the folder goes at the next run.
    """
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    account = for_database(folder, postgres_bin())
    if account:
        folder.chmod(0o711)
    cluster = Cluster(folder / "pg", folder / "pg.log", free_port(), durable=False)
    cluster.create()
    redis = RedisServer(folder / "redis", folder / "redis.log", free_port(), durable=False)
    redis.configure()
    env = dict(os.environ)
    children = [start(cluster.spec(env)), start(redis.spec(env))]
    servers = Servers(folder, cluster, redis, children)
    try:
        deadline = monotonic() + _STARTS_WITHIN
        while not (cluster.accepts() and redis.accepts()):
            if monotonic() > deadline or any(child.exit_code() is not None for child in children):
                raise RuntimeError(f"{cluster.last_words()}; {redis.last_words()}")
            sleep(0.02)
        cluster.ensure_database(TEMPLATE)
        _fill_template(servers)
    except BaseException:
        servers.stop()
        raise
    return servers


def _fill_template(servers: Servers) -> None:
    """Migrate the template and put the cast in, in a process that ends with its connections."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.template"],
        env={**os.environ, **servers.environment()},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The template database cannot be built:\n{done.stdout}{done.stderr}")


def _remove_leftovers() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-", 1)[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
