"""The chats beside a ticket: linked and taken away."""

from typing import Any

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.services.chats import related
from ticketdesk.services.desk import related_chats as desk
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call


class RelatedChatsState(rx.State):
    """What may be linked; what is linked is one of the ticket's facts."""

    choices: list[dict[str, Any]] = []

    @rx.event
    async def load(self) -> None:
        """Read what may be linked; a ticket that is not there has nothing."""
        try:
            self.choices = await call(self, desk.choices, ticket_reference(self))
        except NotFound:
            self.choices = []

    @rx.event
    async def link(self, chat: str) -> None:
        """Link a chat to the ticket; the page hears of it like of any change."""
        await call(self, related.link, ticket_reference(self), text(chat, 80))

    @rx.event
    async def unlink(self, chat: str) -> None:
        """Take a linked chat away."""
        await call(self, related.unlink, ticket_reference(self), text(chat, 80))
