"""Who else writes in the chat on screen."""

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.services.desk import chat_signs as desk
from ticketdesk.state.address import chat_reference
from ticketdesk.state.arguments import flag
from ticketdesk.state.session import call


class ChatSignsState(rx.State):
    """Their names; `heard` counts on with each sign, so that the screen knows how fresh it is."""

    names: str = ""
    heard: int = 0

    @rx.event
    async def refresh(self) -> None:
        """Look again who writes."""
        reference = chat_reference(self)
        try:
            others = await call(self, desk.others, reference) if reference else []
        except NotFound:
            others = []
        self.names, self.heard = ", ".join(others), self.heard + 1

    @rx.event
    async def typing(self, is_typing: bool) -> None:
        """Say that one writes, or has stopped."""
        await call(self, desk.tell, chat_reference(self), is_typing=flag(is_typing))
