"""What Prometheus may ask. Counters live in one folder that every process of the machine shares.

Counters are written where things happen; depths and ages are read from the database at the moment
of the question (`services/health.py`), because they are true for all machines at once.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from prometheus_client import Metric

Labels = tuple[tuple[str, str], ...]
"""Pairs of label and value."""

Measured = Mapping[str, tuple[str, Mapping[Labels, float]]]
"""Gauges by name: their help and their values."""

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


def exposition(measured: Measured) -> bytes:
    """Everything in Prometheus's text format.

    Args:
        measured: gauges read just now.

    Returns:
        The body of /metrics, to be sent as `text/plain; version=0.0.4; charset=utf-8`.
    """
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from ticketdesk import counters

    counters.loaded()
    shared = REGISTRY
    if _SHARED in os.environ:
        shared = CollectorRegistry()
        MultiProcessCollector(shared)
    now = CollectorRegistry()
    now.register(_JustMeasured(measured))
    return generate_latest(shared) + generate_latest(now)


class _JustMeasured:
    """Gauges of this very moment: the client's own Gauge would store them as this process's."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        for name, (description, values) in self._measured.items():
            labels = [label for label, _ in next(iter(values), ())]
            family = GaugeMetricFamily(name, description, labels=labels)
            for pairs, value in values.items():
                family.add_metric([word for _, word in pairs], value)
            yield family
