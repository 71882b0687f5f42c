"""Files in a folder: content-addressed, made durable by fsync and visible by an atomic rename."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ticketdesk.adapters.storage import keys, signature
from ticketdesk.adapters.storage.failures import NotStored, StorageFull, StorageUnavailable
from ticketdesk.adapters.storage.previews import make_previews
from ticketdesk.adapters.storage.provider import (
    FileMetadata,
    Found,
    Link,
    Pictures,
    UploadResult,
)
from ticketdesk.settings import settings

PIECE = 256 * 1024
_UNFINISHED = ".unfinished"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotStored("The file is not in the storage.") from error
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull("There is no room left for files. Try again later.") from error
        raise StorageUnavailable("The file storage does not answer. Try again later.") from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class LocalIncoming:
    """An upload in a file of its own until `keep` renames it to its key."""

    def __init__(self, root: Path, folder: str, key: str | None = None) -> None:
        self._root = root
        self._folder = folder
        self._key = key
        self._hash = hashlib.sha256()
        self._size = 0
        self._path = root / _UNFINISHED / secrets.token_hex(16)
        with _told():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("xb", buffering=0)

    def write(self, chunk: bytes | memoryview) -> None:
        """Take the next bytes."""
        with _told():
            rest = memoryview(chunk)
            while rest:
                rest = rest[self._file.write(rest) :]
        self._hash.update(chunk)
        self._size += len(chunk)

    def finish(self) -> UploadResult:
        """Force the bytes to the disk."""
        with _told():
            os.fsync(self._file.fileno())
            self._file.close()
        digest = self._hash.hexdigest()
        self._key = self._key or keys.by_content(self._folder, digest)
        return UploadResult(self._key, self._size, digest)

    def reader(self) -> BinaryIO:
        """Open the finished bytes."""
        with _told():
            return self._path.open("rb")

    def keep(self) -> None:
        """Rename to the key: readers see all of the file or none of it."""
        target = self._root / str(self._key)
        with _told():
            target.parent.mkdir(parents=True, exist_ok=True)
            self._path.replace(target)
            _sync_folder(target.parent)

    def discard(self) -> None:
        """Remove what has not been kept."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


class LocalStorage:
    """A folder of this machine, or one that all machines share.

    Args:
        root: the folder; made when missing.
    """

    direct = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self, metadata: FileMetadata) -> LocalIncoming:
        """Start an upload whose key follows from its content."""
        return LocalIncoming(self.root, metadata.folder)

    def upload(self, file: Iterable[bytes], metadata: FileMetadata) -> UploadResult:
        """Store a whole file by its content."""
        return _take_all(self.begin(metadata), file)

    def put(self, key: str, file: Iterable[bytes]) -> UploadResult:
        """Store bytes under a given key."""
        return _take_all(LocalIncoming(self.root, "", keys.require_safe(key)), file)

    def delete(self, key: str) -> None:
        """Delete bytes; empty folders stay, because an upload may be about to rename into one."""
        path = self._path(key)
        with suppress(NotStored), _told():
            path.unlink()
            _sync_folder(path.parent)

    def signed_url(self, link: Link, expires_in: int = 300) -> str:
        """Return our own address of the file, signed: a folder has no address of its own."""
        said = signature.query(link.file_id, expires_in)
        return f"{settings().base_url}/api/attachments/{link.file_id}?{said}"

    def thumbnail(self, key: str, mime_type: str) -> Pictures | None:
        """Make and store the previews of a picture or PDF."""
        with _told(), self._path(key).open("rb") as source:
            return make_previews(self, source, key, mime_type)

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Open the file at once and yield the wanted bytes."""
        with _told():
            file = self._path(key).open("rb", buffering=0)
        return _pieces(file, start, length)

    def stat(self, key: str) -> Found | None:
        """Return size and age, or None."""
        try:
            with _told():
                return _found(key, self._path(key).stat())
        except NotStored:
            return None

    def listing(self) -> Iterator[Found]:
        """Walk the folder, unfinished uploads aside."""
        for folder, below, names in os.walk(self.root):
            below[:] = [name for name in below if name != _UNFINISHED]
            for name in names:
                path = Path(folder, name)
                with suppress(FileNotFoundError):
                    yield _found(path.relative_to(self.root).as_posix(), path.stat())

    def clear_unfinished(self, before: datetime) -> int:
        """Remove uploads that nobody has written to since `before`."""
        removed = 0
        for path in (self.root / _UNFINISHED).glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        return removed

    def check(self) -> None:
        """Write and remove an empty file."""
        LocalIncoming(self.root, "").discard()

    def _path(self, key: str) -> Path:
        return self.root / keys.require_safe(key)


def _take_all(incoming: LocalIncoming, file: Iterable[bytes]) -> UploadResult:
    try:
        for chunk in file:
            incoming.write(chunk)
        result = incoming.finish()
        incoming.keep()
        return result
    finally:
        incoming.discard()


def _pieces(file: BinaryIO, start: int, length: int | None) -> Iterator[bytes]:
    with file, _told():
        file.seek(start)
        left = length
        while piece := file.read(PIECE if left is None else min(PIECE, left)):
            yield piece
            if left is not None:
                left -= len(piece)


def _found(key: str, facts: os.stat_result) -> Found:
    return Found(key, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))
