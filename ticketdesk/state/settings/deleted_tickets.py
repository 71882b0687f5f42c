"""/app/settings/deleted-tickets: what was deleted and can still be restored."""

from typing import Any

import reflex as rx

from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.deleted import purge, restore, shown
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

_PAGE = 30
_MOST = 300


class DeletedTicketsState(rx.State):
    """The lines on screen, the latest first; `asked` is the ticket that may go for good."""

    phase: str = "loading"
    rows: list[dict[str, Any]] = []
    words: str = ""
    has_more: bool = False
    asked: str = ""
    _cursor: str = ""

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the latest."""
        self.words, self.asked = "", ""
        await self._read()
        self.phase = "ready"
        await watch(self, {"organization": [Refresh(DeletedTicketsState.refresh, within=LATER)]})

    @rx.event
    async def refresh(self) -> None:
        """See what was deleted or restored since; who has read on is left there."""
        if self.phase == "ready" and len(self.rows) <= _PAGE:
            await self._read()

    async def _read(self, cursor: str = "") -> None:
        page = await call(
            self, shown.list_deleted, words=self.words, cursor=cursor or None, limit=_PAGE
        )
        fresh = [_row(line) for line in page.items]
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self._cursor = page.next_cursor or ""
        self.has_more = page.next_cursor is not None and len(self.rows) < _MOST

    @rx.event
    async def more(self) -> None:
        """Show what was deleted before."""
        if self.has_more:
            await self._read(self._cursor)

    @rx.event
    async def narrow(self, words: str) -> None:
        """Show those of a number, a subject or a requester only."""
        self.words = text(words, 100)
        await self._read()

    @rx.event
    async def restore(self, ticket_id: str) -> None:
        """Put a ticket back on the desk."""
        said = await call(self, restore.restore, text(ticket_id, 100))
        await self._tell(said)

    @rx.event
    async def ask(self, ticket_id: str) -> None:
        """Ask before a ticket goes for good; "" is no."""
        wanted = text(ticket_id, 100)
        self.asked = wanted if any(row["id"] == wanted for row in self.rows) else ""

    @rx.event
    async def purge(self, ticket_id: str) -> None:
        """Let a ticket go for good now."""
        said = await call(self, purge.purge, text(ticket_id, 100))
        self.asked = ""
        await self._tell(said)

    async def _tell(self, said: str) -> None:
        (await self.get_state(ToastState))._add(said)
        await self._read()


def _row(line: shown.DeletedView) -> dict[str, Any]:
    return {
        "id": line.id,
        "number": line.ticket_number,
        "subject": line.subject,
        "words": f"{line.requester_name} · deleted by {line.deleted_by_name}",
        "at": line.deleted_at.isoformat(),
        "goes": line.goes_at.date().isoformat(),
    }
