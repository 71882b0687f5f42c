"""Housekeeping of the customer's door."""

from datetime import timedelta

from ticketdesk import clock, unit_of_work
from ticketdesk.services.embed import tracking_links, visits

# Two years, so that a year can be compared with the one before.
KEPT = timedelta(days=730)


def forget_visits() -> int:
    """Delete visits of the form from more than two years ago; return how many."""
    return unit_of_work.across(visits.forget_old, clock.now() - KEPT)


def forget_links() -> int:
    """Delete tracking links that have expired; return how many."""
    return unit_of_work.across(tracking_links.forget_expired)
