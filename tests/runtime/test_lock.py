"""One supervisor a data dir, and no lock that outlives its holder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ticketdesk.runtime.lock import DataDirLock, Locked, is_locked

_HOLD = """
import sys, time
from pathlib import Path
from ticketdesk.runtime.lock import DataDirLock
with DataDirLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_the_second_is_told_who_runs(tmp_path: Path, holder) -> None:
    with pytest.raises(Locked, match=f"process {holder.pid}"), DataDirLock(tmp_path):
        pass
    assert is_locked(tmp_path)


def test_a_killed_holder_locks_nobody_out(tmp_path: Path, holder) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with DataDirLock(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_nothing_is_left_of_a_released_lock(tmp_path: Path) -> None:
    with DataDirLock(tmp_path):
        pass

    assert list(tmp_path.iterdir()) == []
    assert not is_locked(tmp_path)


def test_who_opened_the_file_before_it_went_locks_the_new_one(tmp_path: Path, monkeypatch) -> None:
    opened, to_open = os.open, [tmp_path / "gone"]

    def late(path: Path, *how: int) -> int:
        return opened(to_open.pop() if to_open else path, *how)

    monkeypatch.setattr(os, "open", late)
    with DataDirLock(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())
        assert is_locked(tmp_path)


def test_a_folder_without_a_lock_is_not_locked(tmp_path: Path) -> None:
    assert not is_locked(tmp_path)
