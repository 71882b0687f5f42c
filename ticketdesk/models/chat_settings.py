"""An organization's chat settings, part of its TicketSettings."""

from pydantic import Field

from ticketdesk.models.wire import Command


class ChatSettings(Command):
    """The customers' chat.

    While `away` is on, or outside the business hours where `follow_hours` says so, the chat leads
    to the ticket form. `greeting` stands above an empty conversation; "" says it in the visitor's
    language.
    """

    enabled: bool = True
    follow_hours: bool = True
    away: bool = False
    greeting: str = Field(default="", max_length=500)
