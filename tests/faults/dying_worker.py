"""A real job worker that is killed with SIGKILL at a named step of sending its third mail.

Usage: python -m tests.faults.dying_worker before|during|after|unrecorded
"""

import os
import signal
import sys

from ticketdesk.adapters.email import console
from ticketdesk.jobs import mail as mail_job
from ticketdesk.runtime import workers
from ticketdesk.settings import settings

_THIRD = 3


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str) -> None:
    """Put the killing shot at `step`: before or during or after hand-over, or at recording."""
    deliver, replace, count = console.ConsoleProvider.deliver, os.replace, [0]

    def counted(provider, mail):
        count[0] += 1
        if step == "before" and count[0] == _THIRD:
            _die()
        receipt = deliver(provider, mail)
        if step == "after" and count[0] == _THIRD:
            _die()
        return receipt

    def half(source: str, target: object) -> None:
        if step == "during" and count[0] == _THIRD:
            _die()
        replace(source, target)

    def unrecorded(*_: object) -> None:
        _die()

    console.ConsoleProvider.deliver = counted
    console.os.replace = half
    if step == "unrecorded":
        mail_job.record = unrecorded


if __name__ == "__main__":
    arm(sys.argv[1])
    workers.work(settings())
