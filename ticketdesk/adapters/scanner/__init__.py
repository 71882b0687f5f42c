"""The virus scanner that TICKETDESK_CLAMD turns on."""

from functools import lru_cache

from ticketdesk.adapters.scanner.clamd import Clamd
from ticketdesk.adapters.scanner.scanner import Scanner, ScannerUnavailable, Verdict
from ticketdesk.settings import settings

__all__ = ["Scanner", "ScannerUnavailable", "Verdict", "scanner"]


def scanner() -> Scanner | None:
    """Return the scanner, or None where the operator has set none."""
    address = settings().clamd
    return _at(address) if address else None


@lru_cache(maxsize=4)
def _at(address: str) -> Scanner:
    return Clamd(address)
