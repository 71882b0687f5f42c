"""A real service level sweeper that is killed with SIGKILL at a named step of its second batch.

Usage: python -m tests.faults.dying_sweeper telling|uncommitted|committed
"""

import os
import signal
import sys

from ticketdesk import publisher
from ticketdesk.jobs import service_levels
from ticketdesk.services.sla import sweep

_BATCH = 4
_SECOND_BATCH = _BATCH + 2


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str) -> None:
    """Put the killing shot: while telling, before the commit, or after it and before publishing."""
    tell, publish, batches, told = sweep.tell, publisher.publish, [0], [0]

    def counted(session, ticket):
        told[0] += 1
        if step == "telling" and told[0] == _SECOND_BATCH:
            _die()
        return tell(session, ticket)

    def batch(session, limit=_BATCH):
        found = real(session, _BATCH)
        batches[0] += 1
        if step == "uncommitted" and batches[0] == 2:
            _die()
        return found

    def published(events):
        if step == "committed" and batches[0] == 2:
            _die()
        publish(events)

    real = sweep.sweep
    sweep.tell, sweep.sweep, sweep.BATCH = counted, batch, _BATCH
    publisher.publish = published


if __name__ == "__main__":
    arm(sys.argv[1])
    service_levels.sweep()
