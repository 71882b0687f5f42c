"""A data dir that takes no write stops the start before anything is half done."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from ticketdesk.runtime import paths
from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.paths import DataDir


def test_a_data_dir_is_prepared_for_its_owner_alone(tmp_path: Path) -> None:
    place = DataDir(tmp_path / "data")
    place.prepare()
    place.prepare()

    assert place.run.stat().st_mode & 0o777 == 0o700
    assert list(place.run.iterdir()) == []


def test_a_read_only_data_dir_is_named(tmp_path: Path) -> None:
    # A folder of the kernel's refuses even root, who could write to a mere mode 500.
    with pytest.raises(StartError, match="TICKETDESK_DATA_DIR: cannot write to /proc/"):
        DataDir(Path("/proc/ticketdesk")).prepare()


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(dir: Path) -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(paths, "TemporaryFile", full)

    with pytest.raises(StartError, match="No space left on device"):
        DataDir(tmp_path / "data").prepare()


def test_processes_that_start_together_do_not_meet(tmp_path: Path) -> None:
    place = DataDir(tmp_path / "data")
    with ThreadPoolExecutor(8) as together:
        for started in [together.submit(place.prepare) for _ in range(200)]:
            started.result()
