"""A real process that takes mail in and is killed with SIGKILL at a named step of the second one.

Usage: python -m tests.faults.dying_receiver STEP ORGANIZATION webhook|imap

Steps: kept (stored, not judged), judging (inside the transaction of the verdict), judged (before
whoever delivered hears of it), moved (taken out of the mailbox, the place not remembered).
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from ticketdesk.adapters.email import mailbox
from ticketdesk.jobs import intake, mailboxes
from ticketdesk.services.mail.intake import judge

_SECOND = 2


def raw(number: int) -> bytes:
    """The messages that are delivered."""
    return (
        f"From: Jane <jane@customer.example>\r\nTo: support@acme.example\r\n"
        f"Subject: Nr {number}\r\nMessage-ID: <{number}@customer.example>\r\n"
        f"\r\nWords of {number}.\r\n"
    ).encode()


def _dying(real: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    count = [0]

    def armed(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        if before and count[0] == _SECOND:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if count[0] == _SECOND:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return armed


def arm(step: str) -> None:
    """Put the killing shot at `step`."""
    if step == "kept":
        intake.judge_again = _dying(intake.judge_again, before=True)
    elif step == "judging":
        judge.open_ticket = _dying(judge.open_ticket, before=False)
    elif step == "judged":
        intake.judge_again = _dying(intake.judge_again, before=False)
    elif step == "moved":
        mailbox.Mailbox.take = _dying(mailbox.Mailbox.take, before=False)
    else:
        raise SystemExit(f"no such step: {step}")


if __name__ == "__main__":
    arm(sys.argv[1])
    if sys.argv[3] == "imap":
        mailboxes.fetch(sys.argv[2])
    else:
        for number in (1, 2, 3):
            intake.take_in(sys.argv[2], raw(number), "webhook")
