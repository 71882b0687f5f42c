"""Asking requesters how satisfied they are, now and then for all organizations."""

from ticketdesk import unit_of_work
from ticketdesk.services.surveys import plan


def ask() -> int:
    """Promise every survey that is due; return how many."""
    asked = 0
    for organization_id in unit_of_work.across(plan.organizations):
        while found := unit_of_work.as_system(organization_id, plan.ask):
            asked += found
    return asked
