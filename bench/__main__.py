"""Runs the benchmarks: `python -m bench [name…]`; BENCH_SCALE=0.1 shrinks the data."""

import importlib
import os
import platform
import sys
import traceback
from pathlib import Path
from time import perf_counter

from bench import load
from bench.installation import Installation, installed
from bench.results import Result, write

SIZES = {"1k": 1000, "100k": 100_000, "1M": 1_000_000}
BENCHES = (
    "lists", "searches", "creates", "outbox", "export", "rules", "sla", "reports", "mail", "chats",
    "files", "widget_size", "submit_storm", "live", "browser", "startup",
)  # fmt: skip
RESULTS = Path(__file__).parent / "results.json"


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return 1 when a promise is not kept."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}. All: {', '.join(BENCHES)}.")
        return 2
    began = perf_counter()
    results: list[Result] = []
    with installed() as installation:
        print("Loading")
        for name, tickets in SIZES.items():
            installation.sizes[name] = load.fill(
                installation, f"bench_{name.lower()}", installation.scaled(tickets)
            )
        for name in names or BENCHES:
            results += _run(name, installation)
    kept = [result.holds for result in results if result.holds is not None]
    print(f"\n{sum(kept)} of {len(kept)} promises kept, {perf_counter() - began:.0f} s")
    if not names:
        write(RESULTS, results, _facts(installation))
        print(f"Written to {RESULTS.relative_to(Path.cwd())}")
    return 0 if all(kept) else 1


def _run(name: str, installation: Installation) -> list[Result]:
    print(f"\n{name.capitalize()}")
    found = []
    try:
        for result in importlib.import_module(f"bench.{name}").run(installation):
            print(result.line(), flush=True)
            found.append(result)
    except Exception as error:
        # A benchmark that breaks is a promise not kept; the numbers of the others still count.
        traceback.print_exc()
        broken = Result(name, 0, "", "to run", False, {"error": repr(error)})
        print(broken.line(), flush=True)
        found.append(broken)
    return found


def _facts(installation: Installation) -> dict[str, object]:
    return {
        "scale": installation.scale,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "sizes": {name: sized.tickets for name, sized in installation.sizes.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
