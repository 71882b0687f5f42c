"""A storage of the test's own: a folder, or a bucket on a real HTTP server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ticketdesk.adapters.storage.local import LocalStorage
from ticketdesk.settings import settings


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """`configured(name, value)` sets an environment variable for the rest of the test."""

    def put(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield put
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, configured: Callable[[str, str], None]) -> LocalStorage:
    """The desk's storage is an empty folder."""
    configured("TICKETDESK_STORAGE_URL", f"file:{tmp_path / 'files'}")
    return LocalStorage(tmp_path / "files")


def left_in(place: LocalStorage) -> list[str]:
    """Return every file below a storage's folder, unfinished ones included."""
    return sorted(str(p.relative_to(place.root)) for p in place.root.rglob("*") if p.is_file())
