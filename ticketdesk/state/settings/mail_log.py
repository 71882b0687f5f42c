"""/app/settings/mail-log: every mail in and out, what failed and what waits."""

from typing import Any

import reflex as rx

from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.mail import log
from ticketdesk.services.mail.intake import failed, held
from ticketdesk.services.mail.outbound import deliveries
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import keep
from ticketdesk.state.watching import watch

_PAGE = 30
_MOST = 300


class MailLogState(rx.State):
    """The lines on screen: of one direction, narrowed to one kind."""

    phase: str = "loading"
    incoming: bool = True
    kind: str = "failed"
    rows: list[dict[str, Any]] = []
    has_more: bool = False
    trouble: dict[str, int] = {"failedIn": 0, "held": 0, "failedOut": 0}
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _cursor: str = ""

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read what wants an eye first."""
        await self._read()
        self.phase = "ready"
        await watch(self, {"organization": [Refresh(MailLogState.refresh, within=LATER)]})

    @rx.event
    async def refresh(self) -> None:
        """See what came, left or failed since; who has read on to older mail is left there."""
        if len(self.rows) <= _PAGE:
            await self._read()
        else:
            self.trouble = (await call(self, log.trouble)).wire()

    async def _read(self, cursor: str = "") -> None:
        read = log.incoming if self.incoming else log.outgoing
        page = await call(self, read, kind=self.kind, cursor=cursor or None, limit=_PAGE)
        fresh = [_incoming(r) if isinstance(r, log.MailLine) else _outgoing(r) for r in page.items]
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self._cursor = page.next_cursor or ""
        self.has_more = page.next_cursor is not None and len(self.rows) < _MOST
        self.trouble = (await call(self, log.trouble)).wire()

    @rx.event
    async def more(self) -> None:
        """Show older mail."""
        if self.has_more:
            await self._read(self._cursor)

    @rx.event
    async def turn(self, direction: str) -> None:
        """Show what came in ("in") or what left ("out")."""
        self.incoming, self.kind = text(direction, 10) != "out", "failed"
        await self._read()

    @rx.event
    async def narrow(self, kind: str) -> None:
        """Show one kind only, '' for all."""
        self.kind = text(kind, 20)
        await self._read()

    @rx.event
    async def again(self, mail_id: str) -> None:
        """Try one failed mail once more."""
        wanted = text(mail_id, 100)
        verb = failed.again if wanted.startswith("mail_") else deliveries.send_one_again
        await keep(self, call(self, verb, wanted), "It is tried again")
        await self._read()

    @rx.event
    async def all_again(self) -> None:
        """Try every failed mail of this direction once more."""
        verb = failed.all_again if self.incoming else deliveries.send_all_again
        await keep(self, call(self, verb), "All are tried again")
        await self._read()

    @rx.event
    async def settle(self, mail_id: str, how: str) -> None:
        """Accept a held message, make a ticket of it, or discard it."""
        verbs = {"accept": held.accept, "ticket": held.make_ticket}
        verb, settled = verbs.get(text(how, 10), held.discard), text(mail_id, 100)
        if verb is held.discard:
            done = call(self, verb, settled)
            await keep(self, done, "Discarded", undo=lambda _gone: ("discarded", settled))
        else:
            await keep(self, call(self, verb, settled), "Settled")
        await self._read()


def _incoming(row: log.MailLine) -> dict[str, Any]:
    return {
        "id": row.id,
        "who": row.sender or "No readable sender",
        "what": row.subject or "(no subject)",
        "words": row.error or (row.why[-1] if row.why else ""),
        "state": str(row.state).capitalize(),
        "tone": "danger" if row.state == "FAILED" else "warn" if row.state == "HELD" else "",
        "again": row.state == "FAILED",
        "held": row.state == "HELD",
        "ticket": row.ticket_number or 0,
        "at": row.created_at.isoformat(),
    }


def _outgoing(row: log.DeliveryLine) -> dict[str, Any]:
    bad = row.state in ("FAILED", "BOUNCED")
    return {
        "id": row.id,
        "who": row.recipient or "Nobody",
        "what": row.kind.replace("_", " ").capitalize(),
        "words": row.words or "",
        "state": "Not sent" if row.state == "SUPPRESSED" else str(row.state).capitalize(),
        "tone": "danger" if bad else "",
        "again": bad,
        "held": False,
        "ticket": row.ticket_number or 0,
        "at": row.created_at.isoformat(),
    }
