"""Identifiers of the demo: the product's own form, the same for the same moment of seeding."""

import random
from datetime import datetime


class Identifiers:
    """Makes identifiers that sort by the moment they are given, first come first."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._made = 0

    def new(self, prefix: str, at: datetime) -> str:
        """Return an identifier such as `ticket_0199c0de…`: a UUID of version 7 without dashes.

        Args:
            prefix: the noun in front.
            at: the moment to sort by.
        """
        milliseconds = int(at.timestamp() * 1000)
        self._made += 1
        # RFC 9562, 6.2: the twelve bits behind the version may hold a counter.
        head = milliseconds << 16 | 0x7 << 12 | self._made & 0xFFF
        tail = 0b10 << 62 | self._random.getrandbits(62)
        return f"{prefix}_{head << 64 | tail:032x}"
