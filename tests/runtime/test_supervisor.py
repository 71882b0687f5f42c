"""Children that die come back; a request to stop stops them all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import psutil
import pytest

_SUPERVISE = """
import os, sys
from pathlib import Path
from ticketdesk.runtime.process import Spec
from ticketdesk.runtime.supervisor import Supervisor
root = Path(sys.argv[1])
with Supervisor(root, root) as supervisor:
    for name in ("first", "second"):
        script = f"echo $$ >> {root}/{name}; exec sleep 60"
        supervisor.add(Spec(name, ["sh", "-c", script], dict(os.environ)))
    supervisor.run()
print("stopped", flush=True)
"""


class Running:
    """A supervisor with two sleepers, each of which writes its pid when it starts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SUPERVISE, str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def pids(self, name: str, count: int) -> list[int]:
        """Wait for the pids of `count` starts."""
        deadline = monotonic() + 10
        while monotonic() < deadline:
            path = self.root / name
            found = path.read_text().split() if path.exists() else []
            if len(found) >= count:
                return [int(pid) for pid in found]
        raise AssertionError(f"{name} did not start {count} times")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = Running(tmp_path)
    yield started
    started.process.kill()
    started.process.wait()


def is_over(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        psutil.wait_procs([process], timeout=5)
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_child_is_started_again_and_the_other_left_alone(running: Running) -> None:
    [first] = running.pids("first", 1)
    [second] = running.pids("second", 1)
    os.kill(first, signal.SIGKILL)

    assert len(running.pids("first", 2)) == 2
    assert running.pids("second", 1) == [second]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_stops_every_child(running: Running, number: signal.Signals) -> None:
    pids = [*running.pids("first", 1), *running.pids("second", 1)]
    running.process.send_signal(number)

    assert running.process.wait(timeout=10) == 0
    assert all(is_over(pid) for pid in pids)
    assert not (running.root / "children.json").exists()


def test_the_children_of_a_killed_supervisor_end(running: Running) -> None:
    pids = [*running.pids("first", 1), *running.pids("second", 1)]
    running.process.kill()
    running.process.wait()

    assert all(is_over(pid) for pid in pids)
