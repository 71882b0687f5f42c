"""The words of the product: one word for one thing, in Python and in the browser."""

import json

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

Option = dict[str, object]


def status_options() -> list[Option]:
    """Every status as a choice of a picker."""
    return [
        {"value": str(status), "label": label, "glyph": f"status:{status}"}
        for status, label in STATUS.items()
    ]


def priority_options() -> list[Option]:
    """Every priority as a choice of a picker, most pressing first."""
    return [
        {"value": str(priority), "label": label, "glyph": f"priority:{priority}"}
        for priority, label in PRIORITY.items()
    ]


def javascript() -> str:
    """The same words as a JavaScript module."""
    tables = {"STATUS": STATUS, "PRIORITY": PRIORITY, "SOURCE": SOURCE}
    return "\n".join(f"export const {name} = {json.dumps(words)};" for name, words in tables.items())
