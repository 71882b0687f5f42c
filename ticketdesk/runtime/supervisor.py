"""Keeps children running: restarts what dies, stops everything when asked, in order."""

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import FrameType, TracebackType

import structlog

from ticketdesk.runtime.children import ChildrenFile
from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.make_signal import MakeWatch
from ticketdesk.runtime.process import MARKER, Child, Spec, kill_group, start

_FIRST_WAIT, _LONGEST_WAIT = 0.25, 15.0
_STEADY = 30.0
"""Seconds after which a child counts as healthy, so that its next death is a first one again."""
_TICK = 0.5

log = structlog.get_logger(__name__)


class StopRequested(Exception):
    """SIGINT or SIGTERM arrived while something was waited for."""


@dataclass(slots=True)
class _Watched:
    spec: Spec
    child: Child | None = None
    deaths: int = 0
    restart_at: float = field(default=0.0)
    before: Callable[[], None] | None = None
    once: bool = False


class Supervisor:
    """Context manager that owns the children; leaving it stops them all.

    Children stop in the reverse order of their start, so that workers finish against a living
    database.
    """

    def __init__(self, root: Path, run: Path, record: str = "children.json") -> None:
        self._root = root
        self._record = ChildrenFile(run, record)
        self._watched: list[_Watched] = []
        self._stop = False
        self._wake_read, self._wake_write = os.pipe()
        self._make = MakeWatch()

    def __enter__(self) -> "Supervisor":
        os.set_blocking(self._wake_write, False)
        os.set_blocking(self._wake_read, False)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._request_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            # Under nohup the end of the terminal means nothing, elsewhere it means us.
            signal.signal(signal.SIGHUP, self._request_stop)
        # Without a handler the end of a child would not wake the loop.
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_all()
        signal.set_wakeup_fd(-1)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def add(self, spec: Spec, before_restart: Callable[[], None] | None = None) -> Child:
        """Start a child and keep it running. `before_restart` runs ahead of every later start."""
        watched = _Watched(spec, before=before_restart)
        self._watched.append(watched)
        return self._launch(watched)

    def start_task(self, spec: Spec) -> Child:
        """Start a child that is to end by itself: stopped with the others, never restarted."""
        watched = _Watched(spec, once=True)
        self._watched.append(watched)
        return self._launch(watched)

    def finish_task(self, task: Child) -> None:
        """Wait for the end of a task; StartError with the last line of its log when it failed."""
        while (code := task.exit_code()) is None:
            self.pause(0.1)
        kill_group(task.pid)
        self._watched = [watched for watched in self._watched if watched.child is not task]
        if code != 0:
            raise StartError(f"{task.spec.name} failed: {_last_line(task.spec.log)}")

    def wait_until(
        self, ready: Callable[[], bool], child: Child, seconds: float, last_words: Callable[[], str]
    ) -> None:
        """Wait until `ready`; StartError when the child dies first or the time is over."""
        deadline = monotonic() + seconds
        name = child.spec.name
        while not ready():
            if child.exit_code() is not None:
                raise StartError(f"{name} does not start: {last_words()}")
            if monotonic() > deadline:
                raise StartError(f"{name} is not ready after {seconds:.0f} s: {last_words()}")
            self.pause(0.05)

    def pause(self, seconds: float) -> None:
        """Sleep, or less when a signal comes; raises StopRequested when it was a stop."""
        if self._stop or self._make.was_interrupted():
            raise StopRequested
        readable, _, _ = select.select([self._wake_read], [], [], seconds)
        if readable:
            with suppress(BlockingIOError):
                os.read(self._wake_read, 4096)
        if self._stop:
            raise StopRequested

    def run(self) -> None:
        """Watch until a stop is requested."""
        while True:
            try:
                self.pause(_TICK)
            except StopRequested:
                return
            self._revive()

    def look_after_all(self) -> None:
        """Restart what died; for a caller with a loop of its own. Raises StopRequested."""
        self.pause(0)
        self._revive()

    def names(self) -> list[str]:
        """The children's names, in the order of their start."""
        return [watched.spec.name for watched in self._watched]

    def restart(self, name: str) -> None:
        """Stop a child and start it again at once."""
        for watched in self._watched:
            if watched.spec.name == name and watched.child is not None:
                watched.child.ask_to_stop()
                watched.child.finish()
                self._launch(watched)

    def _revive(self) -> None:
        for watched in self._watched:
            if not watched.once:
                self._look_after(watched)

    def stop_all(self) -> None:
        """Stop every child, last started first, and wait for the end of each."""
        while self._watched:
            watched = self._watched.pop()
            if watched.child is not None:
                # Web, workers and cron do not need one another: they may finish side by side.
                batch = [watched.child]
                while self._watched and self._watched[-1].spec.name not in {"postgres", "redis"}:
                    other = self._watched.pop().child
                    batch += [other] if other else []
                for child in batch:
                    child.ask_to_stop()
                for child in batch:
                    child.finish()
        self._record.clear()

    def _look_after(self, watched: _Watched) -> None:
        child = watched.child
        if child is not None:
            code = child.exit_code()
            if code is None:
                return
            kill_group(child.pid)
            steady = monotonic() - child.started > _STEADY
            watched.deaths = 1 if steady else watched.deaths + 1
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (watched.deaths - 1))
            watched.child, watched.restart_at = None, monotonic() + wait
            log.warning("child_died", child=watched.spec.name, exit_code=code, restart_in=wait)
        if monotonic() >= watched.restart_at:
            try:
                if watched.before:
                    watched.before()
                self._launch(watched)
            except OSError as error:
                watched.deaths += 1
                watched.restart_at = monotonic() + _LONGEST_WAIT
                log.error("child_not_started", child=watched.spec.name, error=str(error))

    def _launch(self, watched: _Watched) -> Child:
        spec = watched.spec
        marked = Spec(
            name=spec.name,
            argv=spec.argv,
            env={**spec.env, MARKER: str(self._root)},
            log=spec.log,
            stop_signal=spec.stop_signal,
            grace=spec.grace,
            cwd=spec.cwd,
        )
        watched.child = start(marked)
        self._record.write([w.child for w in self._watched if w.child is not None])
        return watched.child

    def _request_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True


def _last_line(path: Path | None) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path else []
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    return last.removeprefix("ticketdesk: ")
