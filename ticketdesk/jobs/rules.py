"""Scheduled rules, and forgetting what rules did long ago."""

from datetime import timedelta

from ticketdesk import clock, unit_of_work
from ticketdesk.services.rules import runs, scheduled

_WORK = timedelta(seconds=50)


def run_scheduled() -> int:
    """Let every scheduled rule look at what has come due, in batches; return how many batches.

    Rules take turns, and what is left after a while waits for the next run, so that neither one
    rule nor one organization holds up the others.
    """
    waiting, batches = unit_of_work.across(scheduled.active), 0
    deadline = clock.now() + _WORK
    while waiting and clock.now() < deadline:
        batches += len(waiting)
        waiting = [
            (organization_id, rule_id)
            for organization_id, rule_id in waiting
            if unit_of_work.as_system(organization_id, scheduled.run_batch, rule_id)
        ]
    return batches


def forget() -> int:
    """Delete runs older than 90 days; return how many."""
    return unit_of_work.across(runs.forget_old)
