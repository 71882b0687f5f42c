"""A real job of a bulk deletion, or of taking one back, killed with SIGKILL in its second batch.

Usage: python -m tests.faults.dying_deleter delete|restore
"""

import os
import signal
import sys

from tests.support.outbox_work import work_off
from ticketdesk.services.tickets import bulk, bulk_undo

_SECOND = 2


def arm(what: str) -> None:
    """Let the process die when its second batch is done and not committed yet."""
    module, name = {"delete": (bulk, "put_away"), "restore": (bulk_undo, "restore_many")}[what]
    real, batches = getattr(module, name), [0]

    def dying(session, actor, ticket_ids):
        batches[0] += 1
        done = real(session, actor, ticket_ids)
        if batches[0] == _SECOND:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(module, name, dying)


if __name__ == "__main__":
    arm(sys.argv[1])
    work_off("tickets.bulk")
