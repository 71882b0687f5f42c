"""Ports for what a test starts by itself some time later."""

import itertools
import os

from ticketdesk.runtime.ports import claimable

_FIRST, _EACH = 20_000, 1_000
"""Below the ports that the kernel gives to whoever asks for any: nobody takes one meanwhile."""

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw9").removeprefix("gw")
_turns = itertools.count()


def own_port() -> int:
    """Return a free port that no other worker, and no server started for "any port", can take."""
    start = _FIRST + int(_worker) % 10 * _EACH
    tried = (start + next(_turns) % _EACH for _ in range(_EACH))
    return next(port for port in tried if claimable("127.0.0.1", port))
