"""What Prometheus may ask. Counters live in one folder that every process of the machine shares.

Counters are written where things happen; depths and ages are read from the database at the moment
of the question (`services/health.py`), because they are true for all machines at once.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import psutil

_SHARED = "PROMETHEUS_MULTIPROC_DIR"


def share(folder: Path) -> None:
    """Keep this process's counters in `folder`, beside those of the machine's other processes.

    Must run before the first import of `ticketdesk.counters`: the client decides there, once.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[_SHARED] = str(folder)


def forget_dead(folder: Path) -> None:
    """Remove the files of processes that are gone; to Prometheus that is a counter's restart."""
    for path in folder.glob("*.db"):
        pid = path.stem.rsplit("_", 1)[-1]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            path.unlink(missing_ok=True)


def exposition(
    measured: Mapping[str, tuple[str, Mapping[tuple[tuple[str, str], ...], float]]],
) -> bytes:
    """Everything in Prometheus's text format.

    Args:
        measured: gauges read just now: name to (help, value by label pairs).

    Returns:
        The body of /metrics, to be sent as `text/plain; version=0.0.4; charset=utf-8`.
    """
    from prometheus_client import REGISTRY, CollectorRegistry, Gauge, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from ticketdesk import counters

    counters.loaded()
    if _SHARED in os.environ:
        shared = CollectorRegistry()
        MultiProcessCollector(shared)
    else:
        shared = REGISTRY
    now = CollectorRegistry()
    for name, (description, values) in measured.items():
        labels = [label for label, _ in next(iter(values), ())]
        gauge = Gauge(name, description, labels, registry=now)
        for pairs, value in values.items():
            (gauge.labels(*(word for _, word in pairs)) if pairs else gauge).set(value)
    return generate_latest(shared) + generate_latest(now)
