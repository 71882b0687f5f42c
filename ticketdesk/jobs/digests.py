"""The morning's summaries, looked at every quarter of an hour since mornings come by zone."""

from ticketdesk import unit_of_work
from ticketdesk.services.mail import digests


def promise() -> int:
    """Promise every summary that is due; return how many."""
    found = unit_of_work.across(digests.organizations)
    return sum(unit_of_work.as_system(one, digests.promise) for one in found)
