"""Files in a folder: by content, durable, all or nothing."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.file_fixtures import left_in
from ticketdesk.adapters.storage import local
from ticketdesk.adapters.storage.failures import StorageFull, StorageUnavailable
from ticketdesk.adapters.storage.local import LocalStorage
from ticketdesk.adapters.storage.provider import FileMetadata

ACME = FileMetadata("org_acme")


@pytest.fixture
def place(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


def test_the_same_bytes_are_stored_once_per_organization(place):
    first = place.upload([b"same"], ACME)
    second = place.upload([b"same"], ACME)
    foreign = place.upload([b"same"], FileMetadata("org_globex"))
    assert first.key == second.key
    assert foreign.key != first.key
    assert len(left_in(place)) == 2


def test_bytes_are_on_the_disk_before_their_name_is(place, monkeypatch):
    done: list[str] = []
    replace, sync = Path.replace, os.fsync
    monkeypatch.setattr(Path, "replace", lambda *a: (done.append("rename"), replace(*a))[1])
    monkeypatch.setattr(local.os, "fsync", lambda fd: (done.append("fsync"), sync(fd))[1])
    place.upload([b"x"], ACME)
    assert done == ["fsync", "rename", "fsync"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_nothing(place, monkeypatch, number):
    incoming = place.begin(ACME)
    incoming.write(b"first")

    class Full:
        def write(self, _):
            raise OSError(number, "full")

        def close(self):
            return None

    monkeypatch.setattr(incoming, "_file", Full())
    with pytest.raises(StorageFull):
        incoming.write(b"second")
    incoming.discard()
    assert left_in(place) == []


def test_a_disk_that_fails_at_the_last_moment_leaves_nothing(place, monkeypatch):
    incoming = place.begin(ACME)
    incoming.write(b"x")

    def broken(_):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(local.os, "fsync", broken)
    with pytest.raises(StorageUnavailable):
        incoming.finish()
    incoming.discard()
    assert left_in(place) == []


def test_an_upload_that_is_still_going_on_is_not_cleared(place):
    place.begin(ACME).write(b"still going on")
    assert place.clear_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert len(left_in(place)) == 1


def test_a_folder_that_cannot_be_written_fails_its_check(tmp_path):
    (tmp_path / "files").write_text("a file, no folder")
    with pytest.raises(StorageUnavailable):
        LocalStorage(tmp_path / "files").check()
