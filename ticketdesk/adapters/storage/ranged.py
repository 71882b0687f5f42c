"""A remote file that can be read as if it lay here."""

import io
from collections.abc import Callable


class RangedReader(io.RawIOBase):
    """Reads by asking for ranges; wrap it in a BufferedReader.

    Args:
        fetch: returns the bytes from `start` up to, not including, `end`.
        size: how many bytes there are.
    """

    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought in."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move without asking for anything."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def readinto(self, buffer) -> int:
        """Fetch what fits."""
        end = min(self._size, self._at + len(buffer))
        if end <= self._at:
            return 0
        piece = self._fetch(self._at, end)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
