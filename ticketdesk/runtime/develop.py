"""Hot reload: Vite serves the pages at PORT and hands everything else to the web process.

So origin, cookies and addresses are those of a real installation. A changed component reaches the
open page by itself; any changed Python starts web, workers and scheduler anew.
"""

from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from ticketdesk.runtime import ports
from ticketdesk.runtime.commands import (
    ROOT,
    add_cron,
    add_web,
    add_workers,
    child_environment,
    task,
)
from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.process import Spec
from ticketdesk.runtime.readiness import wait_for_web
from ticketdesk.runtime.startup import fill_and_build, greet, supervised
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import Supervisor
from ticketdesk.settings import Settings

_LOOK_EVERY = 300
"""Milliseconds between two looks at the sources, and at the children."""

_PAGE_FOLDERS = ("pages", "components", "state", "web")


def run(chosen: Settings, steps: Steps) -> None:
    """Develop until SIGINT or SIGTERM; StartError says in one line why it cannot."""

    def work(place: DataDir, supervisor: Supervisor) -> None:
        # Vite serves the pages; the web process wants a finished build all the same.
        filled = fill_and_build(chosen, place, supervisor, steps)
        # The web process believes in the base URL, whatever port it listens on itself.
        behind = replace(filled, port=ports.free_port(), web_workers=1)
        env = child_environment(behind)
        with steps.step("Pages for hot reload"):
            _compile(place, supervisor, env)
        with steps.step("Web, workers and cron"):
            web = add_web(supervisor, env)
            add_workers(supervisor, behind, env)
            add_cron(supervisor, env)
            wait_for_web(behind.port, supervisor, web)
            vite = supervisor.add(_vite(env, filled.port, behind.port))
            # Asked at the public port, it has to come through Vite.
            wait_for_web(filled.port, supervisor, vite)
        greet(filled, steps)
        _follow(place, supervisor, steps, env)

    supervised(chosen, steps, work)


def _follow(place: DataDir, supervisor: Supervisor, steps: Steps, env: dict[str, str]) -> None:
    for changes in watch(
        ROOT / "ticketdesk",
        yield_on_timeout=True,
        rust_timeout=_LOOK_EVERY,
        raise_interrupt=False,
    ):
        supervisor.look_after_all()
        paths = [Path(path) for _, path in changes]
        if not paths:
            continue
        steps.line(f"Changed: {', '.join(sorted(path.name for path in paths))}")
        if any(_concerns_pages(path) for path in paths):
            try:
                _compile(place, supervisor, env)
            except StartError as error:
                # Half-written code is normal here: say so and wait for the next change.
                steps.line(str(error))
                continue
        if any(path.suffix == ".py" for path in paths):
            for child in supervisor.names():
                if child in {"web", "cron"} or child.startswith("worker-"):
                    supervisor.restart(child)


def _concerns_pages(path: Path) -> bool:
    inside = path.relative_to(ROOT / "ticketdesk")
    return inside.parts[0] in _PAGE_FOLDERS or inside.name == "ticketdesk.py"


def _compile(place: DataDir, supervisor: Supervisor, env: dict[str, str]) -> None:
    supervisor.finish_task(supervisor.start_task(task("compile", place, env)))


def _vite(env: dict[str, str], port: int, behind: int) -> Spec:
    from ticketdesk.web.hot_reload import vite_command

    argv, folder = vite_command(port)
    return Spec("vite", argv, {**env, "TICKETDESK_BEHIND": str(behind)}, cwd=folder)
