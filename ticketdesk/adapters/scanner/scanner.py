"""The interface of a virus scanner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class ScannerUnavailable(Exception):
    """The scanner does not answer; the file stays held and is tried again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says: `threat` names what it found, None when it found nothing.

    `unscannable` is set where the scanner refuses to look, because the file is too large for it.
    """

    threat: str | None = None
    unscannable: str | None = None

    @property
    def is_clean(self) -> bool:
        """Whether the file may be served."""
        return self.threat is None and self.unscannable is None


class Scanner(Protocol):
    """Looks through bytes for what must not be served."""

    def scan(self, file: Iterable[bytes]) -> Verdict:
        """Look through a whole file.

        Raises:
            ScannerUnavailable: no verdict; try again later.
        """
        ...

    def check(self) -> None:
        """Raise `ScannerUnavailable` unless the scanner answers."""
        ...
