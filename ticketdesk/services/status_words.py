"""A status in words: the organization's own, or the built-in ones."""

from ticketdesk.models.enums import TicketStatus
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services.desk.words import STATUS
from ticketdesk.services.embed.sentences import say


def for_agents(settings: TicketSettings) -> dict[str, str]:
    """Return what each status is called at the desk."""
    own = settings.status_labels
    return {
        str(status): (own[status].agent if status in own else "") or words
        for status, words in STATUS.items()
    }


def for_customer(settings: TicketSettings, status: TicketStatus, language: str) -> str:
    """Return what a status is called towards customers.

    The organization's own words are said in every language, the built-in ones in the reader's.
    """
    return own_for_customer(settings, status) or say(language, f"status.{status}")


def own_for_customer(settings: TicketSettings, status: TicketStatus) -> str:
    """Return the organization's own words towards customers, '' where it has none."""
    own = settings.status_labels.get(status)
    return own.customer if own else ""
