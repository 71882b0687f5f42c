"""How benchmarks judge and report."""

import json
from pathlib import Path

from bench.results import Result, at_least, at_most, write
from bench.timing import of, side_by_side


def test_a_value_above_its_limit_is_marked() -> None:
    assert at_most("growth", 1.4, 1.5, "times").holds is True
    assert at_most("growth", 1.6, 1.5, "times").holds is False
    assert "✗ growth" in at_most("growth", 1.6, 1.5, "times").line()
    assert at_least("rate", 4.9, 5, "times").holds is False


def test_the_p95_is_what_95_of_100_do_not_exceed() -> None:
    assert of(range(100)).p95 == 95
    assert of([3, 1, 2]).median == 2


def test_every_call_runs_as_often_as_the_others() -> None:
    counted = {"a": 0, "b": 0}

    def call(name: str) -> None:
        counted[name] += 1

    times = side_by_side({n: lambda n=n: call(n) for n in counted}, runs=5, warm_up=2)

    assert counted == {"a": 7, "b": 7}
    assert len(times["a"].milliseconds) == 5


def test_results_are_written_as_json(tmp_path: Path) -> None:
    write(tmp_path / "results.json", [Result("x", 1.0, "ms")], {"scale": 1})

    body = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert body["results"][0]["name"] == "x"
    assert body["scale"] == 1
