"""What the operator sees of a start: one line a step, with a tick and its time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from time import monotonic
from typing import TextIO


class Steps:
    """Prints finished steps to standard output, or to `stream`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        out: TextIO = stream or sys.stdout
        if isinstance(out, TextIOWrapper):
            # A terminal without Unicode shows a question mark rather than ending the start.
            out.reconfigure(errors="replace", line_buffering=True)
        self._stream = out

    @contextmanager
    def step(self, title: str) -> Iterator["Note"]:
        """A step that prints its line when it ends well; what it raises goes on."""
        began = monotonic()
        note = Note(title)
        yield note
        self._stream.write(f"✓ {note.title:<58} {monotonic() - began:6.1f} s\n")
        self._stream.flush()

    def line(self, text: str = "") -> None:
        """A line of its own."""
        self._stream.write(text + "\n")
        self._stream.flush()


class Note:
    """The title of a running step, which may learn more while it runs."""

    def __init__(self, title: str) -> None:
        self.title = title

    def add(self, fact: str) -> None:
        """Append a fact to the line."""
        self.title = f"{self.title}: {fact}"
