"""Who else is at the ticket."""

import reflex as rx

from ticketdesk.errors import NotFound
from ticketdesk.services import presence
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import flag
from ticketdesk.state.session import call


class PresenceState(rx.State):
    """The others, in words."""

    others: list[dict[str, str]] = []
    _typing: bool = False

    async def _tell(self) -> None:
        reference = ticket_reference(self)
        if not reference:
            return
        try:
            people = await call(self, presence.here, reference, typing=self._typing)
        except NotFound:
            people = []
        others = [
            {
                "name": str(person["name"]),
                "words": _words(str(person["name"]), typing=bool(person["typing"])),
            }
            for person in people
        ]
        if others != self.others:
            self.others = others

    @rx.event
    async def beat(self, typing: bool) -> None:
        """Say that one is still here, and whether one writes."""
        self._typing = flag(typing)
        await self._tell()

    @rx.event
    async def refresh(self) -> None:
        """Look again who is here."""
        await self._tell()

    @rx.event
    async def leave(self, ticket: str) -> None:
        """Say that one has gone to another screen."""
        self.others, self._typing = [], False
        await call(self, presence.gone, str(ticket)[:100])


def _words(name: str, *, typing: bool) -> str:
    return f"{name.split(' ')[0]} is {'typing' if typing else 'viewing'}"
