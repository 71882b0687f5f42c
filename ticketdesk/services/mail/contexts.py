"""What templates see; only this is documented and promised."""

from typing import Any

from markupsafe import Markup, escape

from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.views import MailResponse, MailTicket


def ticket_context(ticket: MailTicket) -> dict[str, Any]:
    """The ticket as templates see it."""
    return {
        "number": ticket.number,
        "subject": one_line(ticket.subject),
        "status": ticket.status,
        "priority": ticket.priority,
        "requester_name": ticket.requester_name,
        "requester_email": ticket.requester_email,
        "assignee_name": ticket.assignee_name,
        "tracking_url": ticket.tracking_url,
        "view_url": ticket.view_url,
        "description_html": Markup(ticket.description_html),
        "description_text": ticket.description_text,
    }


def response_context(response: MailResponse) -> dict[str, Any]:
    """The response as templates see it."""
    return {
        "html": Markup(response.html) if response.html else escape(response.text),
        "text": response.text,
        "author_name": response.author_name,
        "author_signature": response.author_signature,
        "by_link": response.by_link,
    }
