"""The record of running children, by which a start after a kill -9 finds and stops orphans."""

import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

from ticketdesk.runtime.process import MARKER, Child, group_members, kill_group

_CLOCK_SLACK = 2.0
"""Seconds by which two readings of one process's start time may differ after a clock step."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A child of an earlier run: a pid alone proves nothing, with its start time it does."""

    name: str
    pid: int
    started: float
    stop_signal: int
    grace: float


class ChildrenFile:
    """A file in `<data dir>/run`, rewritten whole at each start of a child."""

    def __init__(self, run: Path, name: str = "children.json") -> None:
        self._path = run / name

    def write(self, children: list[Child]) -> None:
        """Record these as the running ones."""
        rows = []
        for child in children:
            try:
                started = psutil.Process(child.pid).create_time()
            except psutil.NoSuchProcess:
                continue
            spec = child.spec
            rows.append([spec.name, child.pid, started, int(spec.stop_signal), spec.grace])
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(rows), encoding="utf-8")
        fresh.replace(self._path)

    def read(self) -> list[Recorded]:
        """What an earlier run recorded; a torn or missing record is an empty one."""
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            return [Recorded(*row) for row in rows]
        except (FileNotFoundError, ValueError, TypeError):
            return []

    def clear(self) -> None:
        """Nothing runs any more."""
        self._path.unlink(missing_ok=True)


def stop_orphans(record: ChildrenFile, root: Path) -> list[str]:
    """Stop what an earlier supervisor left running on this data dir; names of those found.

    Call it with the data dir's lock held: then whatever still runs has lost its supervisor.
    """
    found: list[str] = []
    waiting: list[tuple[Recorded, psutil.Process]] = []
    for row in record.read():
        leader = _same_process(row)
        if leader is not None:
            leader.send_signal(row.stop_signal)
            waiting.append((row, leader))
            found.append(row.name)
    for row, leader in waiting:
        try:
            leader.wait(timeout=row.grace)
        except psutil.TimeoutExpired:
            leader.kill()
            leader.wait(timeout=row.grace)
    for row in record.read():
        if _stop_group(row, root) and row.name not in found:
            found.append(row.name)
    record.clear()
    return found


def _same_process(row: Recorded) -> psutil.Process | None:
    try:
        process = psutil.Process(row.pid)
        same = abs(process.create_time() - row.started) <= _CLOCK_SLACK
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def _stop_group(row: Recorded, root: Path) -> bool:
    """Kill what a child left in its group; the marker proves that the group is not a stranger's."""
    for process in group_members(row.pid):
        try:
            ours = process.environ().get(MARKER) == str(root)
        except psutil.Error:
            continue
        if ours:
            kill_group(row.pid)
            return True
    return False


def stop_stray(pid: int, *, ask: signal.Signals, grace: float) -> None:
    """Stop a process that is not our child, gently first."""
    try:
        process = psutil.Process(pid)
        process.send_signal(ask)
        process.wait(timeout=grace)
    except psutil.TimeoutExpired:
        os.kill(pid, signal.SIGKILL)
        psutil.Process(pid).wait(timeout=grace)
    except psutil.NoSuchProcess:
        return
