"""One child process: started in a session of its own, recorded, stopped with all it started."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import psutil

MARKER = "TICKETDESK_SUPERVISED"
"""Environment variable by which a later start knows orphans of this data dir."""

_GONE_WITHIN = 5.0
_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may allocate or take a lock.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Spec:
    """How to run one child.

    `log` takes its output (None: the supervisor's own). `stop_signal` asks it to finish, within
    `grace` seconds; the kernel sends it, too, should the supervisor be killed.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    cwd: Path | None = field(default=None)


@dataclass(slots=True)
class Child:
    """A started child and the time of its start on the monotonic clock."""

    spec: Spec
    popen: subprocess.Popen[bytes]
    started: float

    @property
    def pid(self) -> int:
        """Its process id, which is its process group's, too."""
        return self.popen.pid

    def exit_code(self) -> int | None:
        """How it ended, or None while it runs."""
        return self.popen.poll()

    def ask_to_stop(self) -> None:
        """Send the stop signal to the child alone: it knows best how to stop its own."""
        if self.exit_code() is None:
            self.popen.send_signal(self.spec.stop_signal)

    def finish(self) -> None:
        """Wait out the grace, then kill the whole group, stragglers of a dead child included."""
        try:
            self.popen.wait(timeout=self.spec.grace)
        except subprocess.TimeoutExpired:
            kill_group(self.pid)
            self.popen.wait()
        kill_group(self.pid)


def start(spec: Spec) -> Child:
    """Start the child of `spec`; OSError where its program cannot be run."""
    output = spec.log.open("ab") if spec.log else None
    try:
        popen = subprocess.Popen(
            list(spec.argv),
            env=dict(spec.env),
            cwd=spec.cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            # Ctrl-C in a terminal reaches the supervisor only, which then stops things in order.
            start_new_session=True,
            preexec_fn=_dies_with_parent(spec.stop_signal),
        )
    finally:
        if output:
            output.close()
    return Child(spec, popen, monotonic())


def kill_group(pgid: int) -> None:
    """Kill every process of the group and wait until all are gone; none left is fine."""
    try:
        os.killpg(pgid, signal.SIGKILL)
    except ProcessLookupError:
        return
    except PermissionError:
        # Only strangers are left under this number: ours could be signalled.
        return
    deadline = monotonic() + _GONE_WITHIN
    while monotonic() < deadline and group_members(pgid):
        sleep(0.01)


def group_members(pgid: int) -> list[psutil.Process]:
    """The living processes of the group."""
    members = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == pgid and process.status() != psutil.STATUS_ZOMBIE:
                members.append(process)
        except (ProcessLookupError, psutil.Error):
            continue
    return members


def die_with_parent(number: signal.Signals) -> None:
    """Have the kernel send this process `number` when its parent dies (Linux)."""
    hook = _dies_with_parent(number)
    if hook:
        hook()


def _dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    if _libc is None:
        return None
    prctl, value = _libc.prctl, int(number)
    return lambda: prctl(_PR_SET_PDEATHSIG, value)
