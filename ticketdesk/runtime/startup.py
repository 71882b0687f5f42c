"""The start of the whole product on one machine, each part after those it needs."""

from collections.abc import Callable
from contextlib import suppress

from ticketdesk.runtime import external, frontend, ports
from ticketdesk.runtime.children import ChildrenFile, stop_orphans
from ticketdesk.runtime.commands import add_cron, add_web, add_workers, child_environment, task
from ticketdesk.runtime.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from ticketdesk.runtime.embedded import start_embedded
from ticketdesk.runtime.lock import DataDirLock
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.readiness import wait_for_web
from ticketdesk.runtime.schema_stamp import SchemaStamp, has_demo
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import StopRequested, Supervisor
from ticketdesk.settings import Settings


def run(chosen: Settings, steps: Steps) -> None:
    """Run TicketDesk until SIGINT or SIGTERM; StartError says in one line why it cannot."""

    def work(place: DataDir, supervisor: Supervisor) -> None:
        greet(_bring_up(chosen, place, supervisor, steps), steps)
        supervisor.run()

    supervised(chosen, steps, work)


def supervised(chosen: Settings, steps: Steps, work: Callable[[DataDir, Supervisor], None]) -> None:
    """Do `work` as the only supervisor of the data dir, once nothing can be seen to hinder it."""
    place = DataDir(chosen.data_dir)
    place.prepare()
    with DataDirLock(place.run):
        left = stop_orphans(ChildrenFile(place.run), place.root)
        if left:
            steps.line(f"Stopped what the last run left behind: {', '.join(left)}")
        ports.require(chosen.host, chosen.port)
        external.require_reachable(chosen)
        with Supervisor(place.root, place.run) as supervisor:
            with suppress(StopRequested):
                work(place, supervisor)
            steps.line("Stopping…")
        steps.line("TicketDesk has stopped.")


def fill_and_build(
    chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps
) -> Settings:
    """Do as `fill` does and build what the browser loads; the settings with their addresses."""
    # The build needs no database and takes longest, so it runs beside what does.
    build = None
    if not frontend.nothing_changed():
        build = supervisor.start_task(task("build", place, child_environment(chosen)))
    chosen = fill(chosen, place, supervisor, steps)
    with steps.step("Staff app and widget") as note:
        if build is None:
            note.add("unchanged")
        else:
            supervisor.finish_task(build)
    return chosen


def _bring_up(chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps) -> Settings:
    chosen = fill_and_build(chosen, place, supervisor, steps)
    env = child_environment(chosen)
    with steps.step("Web, workers and cron"):
        web = add_web(supervisor, env)
        add_workers(supervisor, chosen, env)
        add_cron(supervisor, env)
        wait_for_web(chosen.port, supervisor, web)
    return chosen


def fill(chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps) -> Settings:
    """Start the embedded servers and bring schema and demo into them; settings with addresses."""
    chosen = start_embedded(chosen, place, supervisor, steps)
    env = child_environment(chosen)
    stamp = SchemaStamp(chosen)
    with steps.step("Database schema") as note:
        if stamp.holds():
            note.add("unchanged")
        else:
            supervisor.finish_task(supervisor.start_task(task("migrate", place, env)))
            stamp.renew()
    if chosen.demo:
        with steps.step("Demo desk") as note:
            if has_demo(chosen.database_url or ""):
                note.add("unchanged")
            else:
                supervisor.finish_task(supervisor.start_task(task("seed", place, env)))
    return chosen


def greet(chosen: Settings, steps: Steps) -> None:
    """Say where it is and who may sign in."""
    steps.line()
    steps.line(f"TicketDesk is ready: {chosen.base_url}")
    if chosen.demo:
        steps.line(f"Demo logins (password {DEMO_PASSWORD}, this machine only):")
        for email, who in DEMO_LOGINS:
            steps.line(f"  {email:<24} {who}")
    steps.line("Ctrl-C stops it.")
