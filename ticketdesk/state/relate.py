"""Merging, splitting and linking: finding the other ticket, looking first, doing, taking back."""

from dataclasses import asdict
from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.services.desk import query as address
from ticketdesk.services.desk import relate
from ticketdesk.state.address import ticket_reference
from ticketdesk.state.arguments import text, texts
from ticketdesk.state.beside import BesideState
from ticketdesk.state.many import ManyState
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState

_NOTHING: dict[str, Any] = {"title": "", "lines": [], "earlier": 0, "copied": []}
_SOURCES = 50
_MESSAGES = 500


class RelateState(rx.State):
    """What was found and what would come of it; `done` counts what was done."""

    found: list[dict[str, Any]] = []
    preview: dict[str, Any] = _NOTHING
    problem: str = ""
    done: int = 0

    async def _try(self, service: Any, *args: Any) -> Any:
        self.problem = ""
        try:
            return await call(self, service, *args)
        except (Invalid, Conflict, NotFound) as error:
            self.problem = next(iter(error.fields.values()), error.message)
            return None

    async def _tell(self, done: relate.Done) -> None:
        self.done += 1
        kind, what = done.undo
        (await self.get_state(ToastState))._offer_undo(done.sentence, kind, *what)
        await (await self.get_state(BesideState))._show()

    @rx.event
    async def find(self, ticket: str, words: str) -> None:
        """Look for the other ticket."""
        self.found = await self._try(relate.candidates, text(ticket, 100), text(words, 200)) or []

    @rx.event
    async def look_at_merge(self, target: str, sources: list[str]) -> None:
        """Show the conversation that merging would give."""
        target, named = text(target, 100), texts(sources, _SOURCES)
        seen = await self._try(relate.merge_preview, target, named)
        self.preview = asdict(seen) if seen else _NOTHING

    @rx.event
    async def merge(self, target: str, sources: list[str]) -> Any:
        """Merge tickets into another; from one of their own screens, go to where it went."""
        target, named = text(target, 100), texts(sources, _SOURCES)
        done = await self._try(relate.merge, target, named)
        if done is None:
            return None
        await self._tell(done)
        (await self.get_state(ManyState)).applied += 1
        if not ticket_reference(self):
            return None
        return rx.redirect(await self._path(done.number))

    @rx.event
    async def look_at_split(self, messages: list[str]) -> None:
        """Show the messages that would go to the new ticket."""
        named = texts(messages, _MESSAGES)
        seen = await self._try(relate.split_preview, ticket_reference(self), named)
        self.preview = asdict(seen) if seen else _NOTHING

    @rx.event
    async def split(self, messages: list[str], subject: str) -> None:
        """Move messages to a ticket of their own."""
        named, subject = texts(messages, _MESSAGES), text(subject, 500)
        done = await self._try(relate.split, ticket_reference(self), named, subject)
        if done:
            await self._tell(done)

    @rx.event
    async def link(self, other: str, kind: str) -> None:
        """Relate the ticket to another."""
        other, kind = text(other, 100), text(kind, 20)
        done = await self._try(relate.link, ticket_reference(self), other, kind)
        if done:
            await self._tell(done)

    @rx.event
    async def unlink(self, link: str) -> None:
        """Remove a relation."""
        done = await call(self, relate.unlink, ticket_reference(self), text(link, 100))
        await self._tell(done)

    async def _path(self, number: int) -> str:
        query = address.query_of(self.router.url.query_parameters)
        words = address.path(query).partition("?")[2]
        return f"/app/tickets/{number}{'?' if words else ''}{words}"
