"""How long one call may take and how much it may answer, however slowly it drips."""

import threading
import time


class TooSlow(TimeoutError):
    """The other side took longer than the whole call may take."""


class TooMuch(OSError):
    """The other side answered with more than the call may read."""


class Budget(threading.local):
    """Seconds and bytes of one call; `start` begins the next one, each thread has its own.

    A timeout of a socket begins anew with every byte that comes: whoever sends one now and then
    would hold a worker for ever.

    Args:
        seconds: for connection, request and answer together.
        largest: bytes that are read, head and body together.
    """

    def __init__(self, seconds: float, largest: int) -> None:
        self.seconds, self._largest = seconds, largest
        self.start()

    def start(self, *, later: float = 0.0) -> None:
        """Begin a call.

        Args:
            later: seconds that it may wait for the other side's first word beside its own.
        """
        self._until = time.monotonic() + self.seconds + later
        self._left = self._largest

    def left(self, step: float | None = None) -> float:
        """Return the seconds that the next step may take, `step` at most. Raises `TooSlow`."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlow("The other side took too long.")
        return left if step is None else min(left, step)

    def count(self, read: int) -> None:
        """Note how much was read. Raises `TooMuch`."""
        self._left -= read
        if self._left < 0:
            raise TooMuch("The other side answered with too much.")
