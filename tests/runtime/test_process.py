"""A child never outlives whoever started it, and takes its own children along."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from ticketdesk.runtime.process import Spec, group_members, start

_PARENT = """
import os, sys, time
from ticketdesk.runtime.process import Spec, start
child = start(Spec("child", ["sleep", "60"], dict(os.environ)))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_the_kernel_stops_a_child_whose_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    _, alive = psutil.wait_procs([child], timeout=5)

    assert not alive or child.status() == psutil.STATUS_ZOMBIE


def test_the_whole_group_ends_with_its_child(tmp_path: Path) -> None:
    spec = Spec("child", ["sh", "-c", f"sleep 62 & touch {tmp_path}/up; wait"], dict(os.environ))
    child = start(spec)
    while not (tmp_path / "up").exists():
        assert child.exit_code() is None

    child.ask_to_stop()
    child.finish()

    assert child.exit_code() == -signal.SIGTERM
    assert group_members(child.pid) == []


def test_a_child_writes_to_its_log(tmp_path: Path) -> None:
    child = start(Spec("child", ["sh", "-c", "echo out; echo err >&2"], {}, log=tmp_path / "log"))

    assert child.popen.wait(timeout=5) == 0
    assert (tmp_path / "log").read_text() == "out\nerr\n"
