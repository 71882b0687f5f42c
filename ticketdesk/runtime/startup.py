"""The start of the whole product on one machine, each part after those it needs."""

import http.client
import sys
from pathlib import Path

from ticketdesk.runtime import external, ports
from ticketdesk.runtime.children import ChildrenFile, stop_orphans
from ticketdesk.runtime.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from ticketdesk.runtime.embedded import start_embedded
from ticketdesk.runtime.lock import DataDirLock
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.process import Child, Spec
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import StopRequested, Supervisor
from ticketdesk.settings import Settings, as_environment, environment

_READY_WITHIN = 90.0
_WEB_GRACE, _WORKER_GRACE = 8.0, 20.0


def run(chosen: Settings, steps: Steps) -> None:
    """Run TicketDesk until SIGINT or SIGTERM; StartError says in one line why it cannot."""
    place = DataDir(chosen.data_dir)
    place.prepare()
    with DataDirLock(place.run):
        left = stop_orphans(ChildrenFile(place.run), place.root)
        if left:
            steps.line(f"Stopped what the last run left behind: {', '.join(left)}")
        ports.require(chosen.host, chosen.port)
        external.require_reachable(chosen)
        with Supervisor(place.root, place.run) as supervisor:
            try:
                chosen = _bring_up(chosen, place, supervisor, steps)
            except StopRequested:
                steps.line("Stopped before it was ready.")
                return
            _greet(chosen, steps)
            supervisor.run()
            steps.line("Stopping…")
        steps.line("TicketDesk has stopped.")


def child_environment(chosen: Settings) -> dict[str, str]:
    """What a child inherits: our environment, with every setting as it was resolved here."""
    return {**environment(), **as_environment(chosen), "PYTHONUNBUFFERED": "1"}


def command(*words: str) -> list[str]:
    """The argv of one of our own commands, under this very interpreter."""
    return [sys.executable, "-m", "ticketdesk", *words]


def add_workers(supervisor: Supervisor, chosen: Settings, env: dict[str, str]) -> None:
    """Start JOB_WORKERS worker processes."""
    for number in range(1, chosen.job_workers + 1):
        supervisor.add(
            Spec(f"worker-{number}", command("worker", "--one"), env, grace=_WORKER_GRACE)
        )


def _bring_up(chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps) -> Settings:
    # The build needs no database and takes longest, so it runs beside what does.
    build = supervisor.start_task(_build_spec(chosen, place))
    chosen = start_embedded(chosen, place, supervisor, steps)
    env = child_environment(chosen)
    with steps.step("Database schema"):
        supervisor.finish_task(supervisor.start_task(_task("migrate", place, env)))
    if chosen.demo:
        with steps.step("Demo desk"):
            supervisor.finish_task(supervisor.start_task(_task("seed", place, env)))
    with steps.step("Staff app and widget"):
        supervisor.finish_task(build)
    with steps.step("Web, workers and cron"):
        web = supervisor.add(Spec("web", command("web"), env, grace=_WEB_GRACE))
        add_workers(supervisor, chosen, env)
        supervisor.add(Spec("cron", command("cron"), env))
        _wait_for_web(chosen, supervisor, web)
    return chosen


def _task(name: str, place: DataDir, env: dict[str, str]) -> Spec:
    return Spec(name, command(name), env, log=_fresh_log(place, name))


def _build_spec(chosen: Settings, place: DataDir) -> Spec:
    return Spec(
        "frontend build",
        command("build"),
        child_environment(chosen),
        log=_fresh_log(place, "build"),
    )


def _fresh_log(place: DataDir, name: str) -> Path:
    path = place.logs / f"{name}.log"
    path.write_bytes(b"")
    return path


def _wait_for_web(chosen: Settings, supervisor: Supervisor, web: Child) -> None:
    answer = "no answer"

    def ready() -> bool:
        nonlocal answer
        connection = http.client.HTTPConnection("127.0.0.1", chosen.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            answer = f"/readyz answers {response.status}: {response.read(500).decode()}"
            return response.status == 200
        except OSError:
            return False
        finally:
            connection.close()

    supervisor.wait_until(ready, web, _READY_WITHIN, lambda: answer)


def _greet(chosen: Settings, steps: Steps) -> None:
    steps.line()
    steps.line(f"TicketDesk is ready: {chosen.base_url}")
    if chosen.demo:
        steps.line(f"Demo logins (password {DEMO_PASSWORD}, this machine only):")
        for email, who in DEMO_LOGINS:
            steps.line(f"  {email:<24} {who}")
    steps.line("Ctrl-C stops it.")
