"""What goes out on Redis after a commit: identifiers and names, no content (Realtime)."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ticketdesk.models.enums import TicketActivityType as A

TYPES: dict[A, str] = {
    A.CREATED: "ticket:created",
    A.RESPONDED: "ticket:response:added",
    A.INTERNAL_NOTE_ADDED: "ticket:response:added",
    A.ASSIGNED: "ticket:assigned",
    A.UNASSIGNED: "ticket:assigned",
    A.STATUS_CHANGED: "ticket:status:changed",
    A.RESOLVED: "ticket:status:changed",
    A.CLOSED: "ticket:status:changed",
    A.REOPENED: "ticket:status:changed",
}


@dataclass(frozen=True, slots=True)
class RealtimeEvent:
    """One notice.

    `channels` are the Redis channels it is published on; `facts` go into the JSON beside `type`,
    `organizationId` and `ticketId`.
    """

    type: str
    organization_id: str
    ticket_id: str | None
    channels: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the JSON object that subscribers read."""
        body: dict[str, Any] = {"type": self.type, "organizationId": self.organization_id}
        if self.ticket_id:
            body["ticketId"] = self.ticket_id
        return body | self.facts


def collect(session: Session, event: RealtimeEvent) -> None:
    """Keep a notice until the transaction has committed; the edge then publishes it."""
    session.info.setdefault("realtime", []).append(event)
