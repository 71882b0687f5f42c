"""The list of chats: who has waited longest for a person, and how many do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models.enums import ChatEscalation, ChatRole, ChatStatus, UserRole
from ticketdesk.services.chats import access
from ticketdesk.services.chats.in_order import by_index
from ticketdesk.services.paging import decode_cursor, encode_cursor, moment

Row = dict[str, Any]

MOST_OPEN = 2000
"""Open chats that are put in order; a desk that has more is not waiting for a better order."""
_LINE = 160

# A bot's answer ends the waiting unless somebody asked for a person or has taken the chat.
_STANDING = """
SELECT c.id, c.title, c.customer_name, c.status, c.escalation, c.last_message_at, c.agent_read_at,
       u.name AS assignee, last.role, last.line, waits.since
FROM (SELECT * FROM chats WHERE organization_id = :organization AND status = :status {where}
      ORDER BY last_message_at DESC, id DESC LIMIT :most) c
LEFT JOIN users u ON u.id = c.assigned_to_id
LEFT JOIN LATERAL (
  SELECT m.role, left(m.content, {line}) AS line FROM chat_messages m WHERE m.chat_id = c.id
  ORDER BY m.created_at DESC, m.id DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (
  SELECT m.created_at, m.id FROM chat_messages m WHERE m.chat_id = c.id AND m.role = 'AGENT'
  ORDER BY m.created_at DESC, m.id DESC LIMIT 1) answer ON true
LEFT JOIN LATERAL (
  SELECT m.created_at AS since FROM chat_messages m
  WHERE c.status = 'OPEN' AND m.chat_id = c.id AND m.role = 'USER'
    AND (answer.id IS NULL OR (m.created_at, m.id) > (answer.created_at, answer.id))
    AND NOT (last.role = 'BOT' AND c.escalation = 'NONE' AND c.assigned_to_id IS NULL)
  ORDER BY m.created_at, m.id LIMIT 1) waits ON true
"""
_ROWS = text(_STANDING.format(where="", line=_LINE))
_ROWS_BEFORE = text(
    _STANDING.format(where="AND (last_message_at, id) < (:before_at, :before_id)", line=_LINE)
)
_WAITING = text(
    f"SELECT count(*) FROM ({_STANDING.format(where='', line=1)}) standing "
    "WHERE standing.since IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class ChatList:
    """Lines of the list, how many chats wait for a person, and where the list goes on."""

    rows: list[Row]
    waiting: int
    next_cursor: str | None


def page(
    session: Session, actor: Actor, *, closed: bool = False, cursor: str | None = None, limit: int
) -> ChatList:
    """Return chats: escalated first, then who waits longest for a person, then the last active.

    Args:
        closed: the closed ones instead, the last active first.
        cursor: where an earlier page ended.
        limit: lines at most.

    Raises:
        Forbidden: the caller is a customer.
        Malformed: the cursor is none of ours.
    """
    actor.require(UserRole.AGENT, writes=False)
    values: dict[str, Any] = {
        "organization": actor.organization_id,
        "status": ChatStatus.CLOSED if closed else ChatStatus.OPEN,
        "most": limit + 1 if closed else MOST_OPEN,
    }
    skipped = _skipped(cursor) if cursor and not closed else 0
    query = _ROWS
    if closed and cursor:
        at, row_id = decode_cursor(cursor, 2)
        query, values = _ROWS_BEFORE, values | {"before_at": moment(at), "before_id": str(row_id)}
    with by_index(session):
        standing = list(session.execute(query, values).mappings().all())
    if not closed:
        standing.sort(key=_pressing)
    shown = standing[skipped : skipped + limit]
    tickets = access.tickets_of(session, [row["id"] for row in shown])
    return ChatList(
        rows=[_row(row, [one.ticket_number for one in tickets[row["id"]]]) for row in shown],
        waiting=sum(row["since"] is not None for row in standing),
        next_cursor=_cursor(shown, skipped, closed=closed)
        if len(standing) > skipped + limit
        else None,
    )


def _skipped(cursor: str) -> int:
    """How many stand above: the order of open chats changes with every message."""
    (above,) = decode_cursor(cursor, 1)
    if type(above) is not int or above < 0:
        raise Malformed("This cursor is not one of ours; start from the first page.")
    return above


def _cursor(shown: list[Any], skipped: int, *, closed: bool) -> str:
    if not closed:
        return encode_cursor(skipped + len(shown))
    return encode_cursor(shown[-1]["last_message_at"], shown[-1]["id"])


def waiting(session: Session, actor: Actor) -> int:
    """Return how many open chats wait for a person."""
    actor.require(UserRole.AGENT, writes=False)
    values = {
        "organization": actor.organization_id,
        "status": ChatStatus.OPEN,
        "most": MOST_OPEN,
    }
    with by_index(session):
        return int(session.execute(_WAITING, values).scalar_one())


def _pressing(row: Any) -> tuple[bool, bool, bool, float]:
    """Escalated ones, answered or not; then those who ask for a person, then all who wait."""
    since: datetime | None = row["since"]
    waits = since is not None
    age = since.timestamp() if since else -row["last_message_at"].timestamp()
    asks = waits and row["escalation"] == ChatEscalation.REQUESTED
    return (row["escalation"] != ChatEscalation.ESCALATED, not asks, not waits, age)


def _row(row: Any, tickets: list[int]) -> Row:
    read = row["agent_read_at"]
    return {
        "id": row["id"],
        "title": row["title"],
        "customer": row["customer_name"],
        "line": " ".join((row["line"] or "").split()),
        "by": {ChatRole.AGENT: "Agent: ", ChatRole.BOT: "Bot: "}.get(row["role"], ""),
        "escalation": row["escalation"],
        "closed": row["status"] == ChatStatus.CLOSED,
        "since": row["since"].isoformat() if row["since"] else "",
        "updated": row["last_message_at"].isoformat(),
        "assignee": row["assignee"] or "",
        "unread": row["role"] not in (None, ChatRole.AGENT)
        and (read is None or read < row["last_message_at"]),
        "tickets": tickets,
    }
