"""What stands around a ticket's conversation, and following it."""

from typing import Any

import reflex as rx

from ticketdesk.errors import TicketDeskError
from ticketdesk.services import notifications
from ticketdesk.services.desk import beside
from ticketdesk.services.desk import query as address
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import flag
from ticketdesk.state.session import call


class BesideState(rx.State):
    """Neighbours, links, followers and the requester of the ticket in the address."""

    back: str = "/app/tickets"
    previous: dict[str, str] = {}
    next: dict[str, str] = {}
    links: list[dict[str, Any]] = []
    merged: dict[str, Any] = {}
    followers: list[str] = []
    following: bool = False
    requester: dict[str, Any] = {}

    async def _show(self) -> None:
        reference = ticket_reference(self)
        if not reference:
            return
        query = address.query_of(self.router.url.query_parameters)
        try:
            found = await call(self, beside.read, reference, query)
        except TicketDeskError:
            # The screen itself says that there is no such ticket.
            self.reset()
            return
        for name in ("back", "previous", "next", "links", "merged", "followers", "following"):
            if getattr(self, name) != getattr(found, name):
                setattr(self, name, getattr(found, name))
        if self.requester != found.requester:
            self.requester = found.requester

    @rx.event
    async def refresh(self) -> None:
        """Read again, after something changed."""
        await self._show()

    @rx.event
    async def follow(self, wanted: bool) -> None:
        """Hear of everything that happens to the ticket, or no more."""
        verb = notifications.follow if flag(wanted) else notifications.unfollow
        try:
            await call(self, verb, ticket_reference(self))
        finally:
            await self._show()
