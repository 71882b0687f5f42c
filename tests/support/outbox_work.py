"""Runs the promised jobs in the test itself, as a worker would."""

from datetime import UTC, datetime, timedelta

from ticketdesk import outbox, unit_of_work
from ticketdesk.jobs.subscribers import HANDLERS


def work_off(prefix: str = "files.") -> int:
    """Keep every due promise of the subscribers with this prefix; return how many were taken."""
    done = 0
    while taken := sum(_some(name) for name in HANDLERS if name.startswith(prefix)):
        done += taken
    return done


def _some(subscriber: str) -> int:
    claimed = unit_of_work.across(outbox.claim, subscriber)
    for promise in claimed:
        later = datetime.now(UTC) + timedelta(minutes=1)
        HANDLERS[subscriber](promise.organization_id, [promise], later)
    return len(claimed)
