"""The words people read for the values of the domain: one word for one thing, everywhere."""

import re
from collections.abc import Mapping

from ticketdesk.models.enums import TicketPriority, TicketSource, TicketStatus

STATUS = {
    TicketStatus.NEW: "New",
    TicketStatus.OPEN: "Open",
    TicketStatus.IN_PROGRESS: "In progress",
    TicketStatus.WAITING_ON_CUSTOMER: "Waiting on customer",
    TicketStatus.WAITING_ON_THIRD_PARTY: "Waiting on third party",
    TicketStatus.RESOLVED: "Resolved",
    TicketStatus.CLOSED: "Closed",
    TicketStatus.CANCELLED: "Cancelled",
}

PRIORITY = {
    TicketPriority.CRITICAL: "Critical",
    TicketPriority.URGENT: "Urgent",
    TicketPriority.HIGH: "High",
    TicketPriority.MEDIUM: "Medium",
    TicketPriority.LOW: "Low",
}

SOURCE = {
    TicketSource.MANUAL: "By hand",
    TicketSource.CHAT: "Chat",
    TicketSource.EMBED: "Website form",
    TicketSource.EMAIL: "Email",
    TicketSource.PORTAL: "Portal",
    TicketSource.API: "API",
}

# The same, where a list is narrowed to it.
ORIGIN = SOURCE | {TicketSource.CHAT: "Created from chat"}

_VALUES = {str(value): word for table in (STATUS, PRIORITY) for value, word in table.items()}
_VALUE = re.compile(rf"\b(?:{'|'.join(_VALUES)})\b")


def worded(sentence: str, statuses: Mapping[str, str]) -> str:
    """Return a line of the history with statuses and priorities as people read them.

    Args:
        statuses: what the organization calls each status.
    """
    known = _VALUES | dict(statuses)
    return _VALUE.sub(lambda found: known[found.group(0)], sentence)
