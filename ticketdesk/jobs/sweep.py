"""Finishes what a crash left: promises nobody was woken for, lapsed leases, retries now due."""

from datetime import timedelta

from ticketdesk import outbox, publisher, unit_of_work


def sweep() -> list[str]:
    """Wake a worker for every subscriber with due promises; return their names."""
    due = unit_of_work.across(outbox.due_subscribers)
    publisher.kick(dict.fromkeys(due, timedelta(0)))
    return due


def forget() -> int:
    """Delete promises kept more than a week ago; return how many."""
    return unit_of_work.across(outbox.forget_old)
