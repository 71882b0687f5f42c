"""Stretches of time and what they mean for a clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SpanKind(StrEnum):
    """What a stretch of time is to a clock: counted, or why it is not."""

    COUNTED = "counted"
    OUTSIDE = "outside"
    HOLIDAY = "holiday"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from `start` (included) to `end` (excluded), both aware and in UTC."""

    start: datetime
    end: datetime
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which nothing counts; `end` None means that it still lasts."""

    start: datetime
    end: datetime | None


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Join neighbours of one kind; the spans must follow each other without gaps."""
    held: Span | None = None
    for span in spans:
        if held is None:
            held = span
        elif held.kind is span.kind:
            held = Span(held.start, span.end, held.kind)
        else:
            yield held
            held = span
    if held is not None:
        yield held


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Return pauses in order of time, overlapping and empty ones made one or left out."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if pause.end is not None and pause.end <= pause.start:
            continue
        last = result[-1] if result else None
        if last is None or (last.end is not None and last.end < pause.start):
            result.append(pause)
        elif last.end is not None and (pause.end is None or pause.end > last.end):
            result[-1] = Pause(last.start, pause.end)
    return result
