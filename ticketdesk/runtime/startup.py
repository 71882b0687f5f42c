"""The start of the whole product on one machine, each part after those it needs."""

import http.client
import sys
from pathlib import Path

from ticketdesk.runtime import external, frontend, ports
from ticketdesk.runtime.children import ChildrenFile, stop_orphans
from ticketdesk.runtime.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from ticketdesk.runtime.embedded import start_embedded
from ticketdesk.runtime.lock import DataDirLock
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.process import Child, Spec
from ticketdesk.runtime.schema_stamp import SchemaStamp, has_demo
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import StopRequested, Supervisor
from ticketdesk.settings import Settings, as_environment, environment

_READY_WITHIN = 90.0
ROOT = Path(__file__).parents[2]
_WEB_GRACE, _WORKER_GRACE, _TASK_GRACE = 8.0, 20.0, 5.0


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


def own(name: str, *words: str, env: dict[str, str], log: Path | None = None, grace: float) -> Spec:
    """How to run one of our own commands, under this very interpreter and from the project's root.

    Reflex looks for its configuration and its build in the working directory.
    """
    argv = [sys.executable, "-m", "ticketdesk", *words]
    return Spec(name, argv, env, log=log, grace=grace, cwd=ROOT)


def add_workers(supervisor: Supervisor, chosen: Settings, env: dict[str, str]) -> None:
    """Start JOB_WORKERS worker processes."""
    for number in range(1, chosen.job_workers + 1):
        name = f"worker-{number}"
        supervisor.add(own(name, "worker", "--one", env=env, grace=_WORKER_GRACE))


def _bring_up(chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps) -> Settings:
    # The build needs no database and takes longest, so it runs beside what does.
    build = None
    if not frontend.nothing_changed():
        build = supervisor.start_task(_task("build", place, child_environment(chosen)))
    chosen = start_embedded(chosen, place, supervisor, steps)
    env = child_environment(chosen)
    stamp = SchemaStamp(chosen)
    with steps.step("Database schema") as note:
        if stamp.holds():
            note.add("unchanged")
        else:
            supervisor.finish_task(supervisor.start_task(_task("migrate", place, env)))
            stamp.renew()
    if chosen.demo:
        with steps.step("Demo desk") as note:
            if has_demo(chosen.database_url or ""):
                note.add("unchanged")
            else:
                supervisor.finish_task(supervisor.start_task(_task("seed", place, env)))
    with steps.step("Staff app and widget") as note:
        if build is None:
            note.add("unchanged")
        else:
            supervisor.finish_task(build)
    with steps.step("Web, workers and cron"):
        web = supervisor.add(own("web", "web", env=env, grace=_WEB_GRACE))
        add_workers(supervisor, chosen, env)
        supervisor.add(own("cron", "cron", env=env, grace=_TASK_GRACE))
        _wait_for_web(chosen, supervisor, web)
    return chosen


def _task(name: str, place: DataDir, env: dict[str, str]) -> Spec:
    return own(name, name, env=env, log=_fresh_log(place, name), grace=_TASK_GRACE)


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
