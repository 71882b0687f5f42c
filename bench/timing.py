"""Measures things side by side, so that what disturbs one disturbs the others as well."""

import gc
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

WARM_UP = 8
RUNS = 60


@dataclass(frozen=True, slots=True)
class Times:
    """Durations of one thing in milliseconds, sorted."""

    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return self.milliseconds[len(self.milliseconds) // 2]

    @property
    def p95(self) -> float:
        """What 95 of 100 runs do not exceed."""
        return self.milliseconds[
            min(len(self.milliseconds) - 1, len(self.milliseconds) * 95 // 100)
        ]

    def facts(self) -> dict[str, float]:
        """Return the numbers for `results.json`."""
        return {
            "medianMs": round(self.median, 3),
            "p95Ms": round(self.p95, 3),
            "fastestMs": round(self.milliseconds[0], 3),
            "runs": len(self.milliseconds),
        }


def side_by_side(
    calls: Mapping[str, Callable[[], object]], runs: int | None = None, warm_up: int = WARM_UP
) -> dict[str, Times]:
    """Run every call `runs` times, in rounds of a changing order, after some rounds to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    shuffle = random.Random(1).shuffle
    gc.collect()
    gc.disable()
    try:
        for turn in range(warm_up + (runs or RUNS)):
            shuffle(order)
            for name in order:
                began = perf_counter()
                calls[name]()
                if turn >= warm_up:
                    taken[name].append((perf_counter() - began) * 1000)
    finally:
        gc.enable()
    return {name: of(values) for name, values in taken.items()}


def of(milliseconds: Iterable[float]) -> Times:
    """Return durations as `Times`."""
    return Times(tuple(sorted(milliseconds)))
