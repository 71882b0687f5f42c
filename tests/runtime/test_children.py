"""What a killed supervisor left running is found by pid and start time, and stopped."""

import json
import os
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from ticketdesk.runtime.children import ChildrenFile, stop_orphans
from ticketdesk.runtime.process import MARKER, Spec, group_members, start


@pytest.fixture
def record(tmp_path: Path) -> ChildrenFile:
    return ChildrenFile(tmp_path)


def sleeper(root: Path, script: str = "sleep 60") -> Spec:
    return Spec("web", ["sh", "-c", script], {**os.environ, MARKER: str(root)}, grace=2)


def test_an_orphan_is_stopped_and_forgotten(tmp_path: Path, record: ChildrenFile) -> None:
    child = start(sleeper(tmp_path))
    record.write([child])

    assert stop_orphans(record, tmp_path) == ["web"]
    assert group_members(child.pid) == []
    assert record.read() == []


def test_an_orphan_that_ignores_the_request_is_killed(tmp_path: Path, record: ChildrenFile) -> None:
    spec = sleeper(tmp_path, "trap '' TERM; echo; while :; do sleep 0.1; done")
    child = start(Spec(spec.name, spec.argv, spec.env, log=tmp_path / "log", grace=0.3))
    record.write([child])
    while not (tmp_path / "log").read_bytes():
        assert child.exit_code() is None

    stop_orphans(record, tmp_path)

    assert group_members(child.pid) == []


def test_a_stranger_with_a_recycled_pid_is_left_alone(tmp_path: Path, record: ChildrenFile) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        started = psutil.Process(stranger.pid).create_time()
        row = ["web", stranger.pid, started - 1000, int(signal.SIGTERM), 1.0]
        (tmp_path / "children.json").write_text(json.dumps([row]))

        assert stop_orphans(record, tmp_path) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_grandchildren_of_a_dead_child_are_stopped(tmp_path: Path, record: ChildrenFile) -> None:
    child = start(sleeper(tmp_path, f"sleep 61 & echo $! > {tmp_path}/pid; wait"))
    record.write([child])
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert child.exit_code() is None
    grandchild = psutil.Process(int((tmp_path / "pid").read_text()))
    child.popen.kill()
    child.popen.wait()

    assert stop_orphans(record, tmp_path) == ["web"]
    psutil.wait_procs([grandchild], timeout=5)
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("content", ["", "[[1, 2", '[["web"]]', "{}"])
def test_a_torn_record_is_an_empty_one(tmp_path: Path, record: ChildrenFile, content: str) -> None:
    (tmp_path / "children.json").write_text(content)

    assert stop_orphans(record, tmp_path) == []
