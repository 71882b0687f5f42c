"""Our own commands as children: under this very interpreter, from the project's root."""

import sys
from pathlib import Path

from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.process import Child, Spec
from ticketdesk.runtime.supervisor import Supervisor
from ticketdesk.settings import Settings, as_environment, environment

ROOT = Path(__file__).parents[2]
"""Where Reflex looks for its configuration and its build: the working directory of children."""

_GRACE, _WEB_GRACE, _WORKER_GRACE = 5.0, 8.0, 20.0


def child_environment(chosen: Settings) -> dict[str, str]:
    """What a child inherits: our environment, with every setting as it was resolved here."""
    return {**environment(), **as_environment(chosen), "PYTHONUNBUFFERED": "1"}


def own(
    name: str, *words: str, env: dict[str, str], log: Path | None = None, grace: float = _GRACE
) -> Spec:
    """How to run `ticketdesk` with these words."""
    argv = [sys.executable, "-m", "ticketdesk", *words]
    return Spec(name, argv, env, log=log, grace=grace, cwd=ROOT)


def task(name: str, place: DataDir, env: dict[str, str]) -> Spec:
    """How to run one of our commands to its end, with a log of its own."""
    return own(name, name, env=env, log=_fresh_log(place, name))


def _fresh_log(place: DataDir, name: str) -> Path:
    path = place.logs / f"{name}.log"
    path.write_bytes(b"")
    return path


def add_web(supervisor: Supervisor, env: dict[str, str]) -> Child:
    """Start the web server."""
    return supervisor.add(own("web", "web", env=env, grace=_WEB_GRACE))


def add_workers(supervisor: Supervisor, chosen: Settings, env: dict[str, str]) -> None:
    """Start JOB_WORKERS worker processes."""
    for number in range(1, chosen.job_workers + 1):
        name = f"worker-{number}"
        supervisor.add(own(name, "worker", "--one", env=env, grace=_WORKER_GRACE))


def add_cron(supervisor: Supervisor, env: dict[str, str]) -> None:
    """Start the scheduler."""
    supervisor.add(own("cron", "cron", env=env))
