"""A whole desk, started as an operator starts it: embedded servers, web, worker and cron."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import psutil

from tests.support.cast import PASSWORD
from tests.support.ports import own_port
from ticketdesk.runtime.embedded import running_addresses
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.process import die_with_parent
from ticketdesk.settings import load

ROOT = Path(__file__).parents[2]
_READY_WITHIN = 120.0
# Blank rather than absent: a developer's .env must not speak up instead.
_OF_THE_TESTS = (
    "DATABASE_URL",
    "REDIS_URL",
    "TICKETDESK_BASE_URL",
    "TICKETDESK_CLAMD",
    "TICKETDESK_EMBEDDED",
    "TICKETDESK_MAIL_NETWORKS",
    "TICKETDESK_SECRET_KEY",
    "TICKETDESK_STORAGE_URL",
    "TICKETDESK_TRUSTED_PROXIES",
)


def eventually(holds: Callable[[], Any], what: str, seconds: float = 60.0) -> Any:
    """Ask again and again until the answer is true, and return it."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        answer = holds()
        if answer:
            return answer
        sleep(0.05)
    raise AssertionError(f"after {seconds:.0f} s still not: {what}")


class Desk:
    """`ticketdesk run` on a data dir and port of its own, with the demo.

    Args:
        folder: the data dir.
        web_workers: how many processes answer at the port.
        verb: "run", or "dev" for hot reload.
        root: the checkout it runs from.
    """

    def __init__(
        self, folder: Path, web_workers: int = 1, verb: str = "run", root: Path = ROOT
    ) -> None:
        self.folder = folder
        self.web_workers = web_workers
        self.verb = verb
        self.root = root
        self.port = own_port()
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.output = folder.with_name(f"{folder.name}.out")

    def environment(self) -> dict[str, str]:
        """The operator's environment: nothing of the tests' own servers."""
        own = {
            "PORT": str(self.port),
            "TICKETDESK_DATA_DIR": str(self.folder),
            "TICKETDESK_DEMO": "on",
            "WEB_WORKERS": str(self.web_workers),
            "JOB_WORKERS": "1",
        }
        return {**os.environ, **dict.fromkeys(_OF_THE_TESTS, ""), **own}

    def command(self, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a `ticketdesk` command beside it, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "ticketdesk", *words],
            env={**self.environment(), **changes},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ticketdesk", self.verb],
                env=self.environment(),
                cwd=self.root,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # Should the test run be killed, its desk goes with it.
                preexec_fn=lambda: die_with_parent(signal.SIGTERM),
            )
        eventually(self._said_ready, "ready", _READY_WITHIN)

    def _said_ready(self) -> bool:
        said = self.output.read_text(encoding="utf-8", errors="replace")
        if self.process is None or self.process.poll() is not None:
            raise AssertionError(f"the desk did not start:\n{said}")
        return "TicketDesk is ready" in said

    def signal(self, number: signal.Signals) -> int:
        """Send the supervisor a signal and wait for its end; its exit code."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def children(self) -> dict[str, int]:
        """The pids of the children by name, as the supervisor recorded them."""
        path = self.folder / "run" / "children.json"
        return {row[0]: row[1] for row in json.loads(path.read_text(encoding="utf-8"))}

    def kill(self, name: str) -> int:
        """Kill a child and what it started, and wait until another runs in its place; its pid."""
        before = self.children()[name]
        os.killpg(before, signal.SIGKILL)
        eventually(lambda: self.children().get(name, before) != before, f"a new {name}")
        return before

    def tree(self) -> list[psutil.Process]:
        """Every process of it: the supervisor and whatever descends from it."""
        assert self.process
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def is_ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def addresses(self) -> tuple[str, str]:
        """The addresses of its database and its Redis."""
        chosen = load({"TICKETDESK_DATA_DIR": str(self.folder)})
        found = running_addresses(chosen, DataDir(self.folder))
        return found.database_url or "", found.redis_url or ""

    def sign_in(self, email: str = "grace@acme.example") -> httpx.Client:
        """A client of the API that carries this person's token."""
        # A new connection each time: a kept one does not outlive the web process.
        alone = httpx.Limits(max_keepalive_connections=0)
        client = httpx.Client(base_url=self.url, timeout=20, limits=alone)
        answer = client.post("/api/auth/login", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return client

    def mails_about(self, ticket_number: int) -> list[Path]:
        """The mails that the console provider wrote about a ticket."""
        return sorted((self.folder / "mail").glob(f"*.t{ticket_number}.*.eml"))
