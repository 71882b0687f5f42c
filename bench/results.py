"""What a benchmark finds, beside what is promised."""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One measured value.

    `target` says what is promised in words, `holds` whether it is kept (None: nothing is promised);
    `details` are the numbers behind it, units in their names.
    """

    name: str
    value: float
    unit: str
    target: str = ""
    holds: bool | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """Return the result as one line of a table."""
        mark = {True: "✓", False: "✗", None: " "}[self.holds]
        target = f"target {self.target}" if self.target else ""
        return f"  {mark} {self.name:<58} {_short(self.value):>9} {self.unit:<9} {target}"


def at_most(
    name: str, value: float, limit: float, unit: str, details: dict[str, Any] | None = None
) -> Result:
    """Return a value that must not be greater than `limit`."""
    return Result(name, value, unit, f"≤ {_short(limit)}", value <= limit, details or {})


def at_least(
    name: str, value: float, limit: float, unit: str, details: dict[str, Any] | None = None
) -> Result:
    """Return a value that must not be less than `limit`."""
    return Result(name, value, unit, f"≥ {_short(limit)}", value >= limit, details or {})


def write(path: Path, results: list[Result], facts: dict[str, Any]) -> None:
    """Write everything as JSON."""
    body = {
        "measuredAt": datetime.now(UTC).isoformat(timespec="seconds"),
        **facts,
        "results": [asdict(result) for result in results],
    }
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
