"""/app/settings/audit-log: who changed what."""

import json
from typing import Any

import reflex as rx

from ticketdesk.services import audit
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

_PAGE = 30
_MOST = 150


class AuditLogState(rx.State):
    """The lines on screen and what they are narrowed to."""

    phase: str = "loading"
    rows: list[dict[str, Any]] = []
    has_more: bool = False
    action: str = ""
    person: str = ""
    _cursor: str = ""

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the newest lines."""
        await self._read()
        self.phase = "ready"
        await watch(self)

    async def _read(self, cursor: str = "") -> None:
        page = await call(
            self,
            audit.list_entries,
            action=self.action,
            performed_by=self.person,
            cursor=cursor or None,
            limit=_PAGE,
        )
        fresh = [_row(line) for line in page.items]
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self._cursor = page.next_cursor or ""
        self.has_more = page.next_cursor is not None and len(self.rows) < _MOST

    @rx.event
    async def more(self) -> None:
        """Show older lines."""
        if self.has_more:
            await self._read(self._cursor)

    @rx.event
    async def narrow_action(self, action: str) -> None:
        """Show one kind of change only."""
        self.action = text(action, 50)
        await self._read()

    @rx.event
    async def narrow_person(self, person: str) -> None:
        """Show one person's changes only."""
        self.person = text(person, 100)
        await self._read()


def _row(line: audit.AuditView) -> dict[str, Any]:
    return {
        "id": line.id,
        "who": line.performed_by_name,
        "what": line.action.replace(".", " ").replace("_", " "),
        "subject": line.subject_name,
        "at": line.created_at.isoformat(),
        "changes": [change[:300] for change in changes(line.before, line.after)[:12]],
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return a sentence for each thing that is not as it was, what is gone included.

    Args:
        before: what was, by name; a name that is missing held nothing.
        after: what is.
    """
    names = dict.fromkeys([*after, *before])
    told = [(name, _said(before.get(name)), _said(after.get(name))) for name in names]
    return [f"{name}: {was} → {now}" for name, was, now in told if was != now]


def _said(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    return json.dumps(value, ensure_ascii=False)
