"""Notices a SIGINT that only `make` received.

A Ctrl-C in a terminal reaches make and us. `kill -INT` on make alone does not: GNU make then
waits for its recipe to end without passing the signal on, so both would wait for ever. What can
be seen from outside is that make's handler has put SIGINT back to its default, so that it can die
of it afterwards (GNU make, commands.c, fatal_error_signal).
"""

import os
import signal
import sys
from pathlib import Path

from ticketdesk.runtime.process import die_with_parent

_SIGINT_BIT = 1 << (signal.SIGINT - 1)


class MakeWatch:
    """Watches the parent process where it is make; otherwise does nothing."""

    def __init__(self) -> None:
        self._status: Path | None = None
        parent = os.getppid()
        if sys.platform != "linux" or _name(parent) not in {"make", "gmake"}:
            return
        # A make that is killed must not leave a desk running behind its back.
        die_with_parent(signal.SIGTERM)
        status = Path(f"/proc/{parent}/status")
        if _catches_interrupt(status):
            self._status = status

    def was_interrupted(self) -> bool:
        """Whether make has been told to stop and waits for us."""
        return self._status is not None and not _catches_interrupt(self._status)


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _catches_interrupt(status: Path) -> bool:
    try:
        lines = status.read_text(encoding="utf-8").splitlines()
    except OSError:
        # Make is gone; the death signal takes care of that.
        return True
    caught = next((line for line in lines if line.startswith("SigCgt:")), "SigCgt: 0")
    return bool(int(caught.split()[1], 16) & _SIGINT_BIT)
