"""One supervisor a data dir: a lock that the kernel drops with its holder, however that dies."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from ticketdesk.runtime.errors import StartError


class Locked(StartError):
    """Somebody else runs on this data dir."""

    def __init__(self, holder: str, root: Path) -> None:
        super().__init__(
            f"TICKETDESK_DATA_DIR: another TicketDesk (process {holder or 'unknown'}) "
            f"already runs on {root}"
        )


class DataDirLock:
    """Context manager around an exclusive lock on `<data dir>/run/lock`.

    The file holds the holder's pid for messages only; it is the kernel's lock that counts, so a
    file left by a killed holder locks nobody out. A holder that ends in order takes its file away.
    """

    def __init__(self, run: Path) -> None:
        self._path = run / "lock"
        self._fd: int | None = None

    def __enter__(self) -> "DataDirLock":
        fd = self._locked()
        # Whoever opened the file before its last holder took it away has locked nothing.
        while not self._is_in_place(fd):
            os.close(fd)
            fd = self._locked()
        os.ftruncate(fd, 0)
        os.pwrite(fd, str(os.getpid()).encode(), 0)
        self._fd = fd
        return self

    def _locked(self) -> int:
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(fd, 20, 0).decode(errors="replace").strip()
            os.close(fd)
            raise Locked(holder, self._path.parent.parent) from None
        return fd

    def _is_in_place(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), self._path.stat())
        except FileNotFoundError:
            return False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._fd is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._fd)
            self._fd = None


def is_locked(run: Path) -> bool:
    """Whether a supervisor holds the lock now."""
    try:
        fd = os.open(run / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
