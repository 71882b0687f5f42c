"""Who is meant by `assignee`, `admins` or an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.models import Organization, Ticket, User
from ticketdesk.models.enums import UserRole


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person a notice goes to; `timezone` is how they read times."""

    email: str
    name: str = ""
    timezone: str | None = None
    preferences: Mapping[str, Any] = field(default_factory=dict)


def of(session: Session, ticket: Ticket, names: list[str]) -> list[Recipient]:
    """Return those whom a notice goes to, each once.

    An unassigned ticket's `assignee` are the admins: somebody must hear of it.
    """
    found: dict[str, Recipient] = {}
    for name in names:
        if name == "assignee" and ticket.assigned_to_id:
            wanted = User.id == ticket.assigned_to_id
        elif name in ("assignee", "admins"):
            wanted = User.role == UserRole.ADMIN
        else:
            found.setdefault(name, Recipient(name))
            continue
        people = session.exec(
            select(User.email, User.name, User.timezone, User.preferences)
            .where(User.organization_id == ticket.organization_id, col(User.is_active), wanted)
            .order_by(col(User.id))
            .limit(50)
        )
        found |= {person[0]: Recipient(*person) for person in people}
    return list(found.values())


def promise_mails(
    session: Session,
    ticket: Ticket,
    subscriber: str,
    names: list[str],
    facts: dict[str, Any],
    *,
    preference: str = "",
) -> None:
    """Promise one mail to each of them, so that a failure for one repeats nothing for another.

    Args:
        preference: the preference by which one of them may have switched it off.
    """
    people = [who for who in of(session, ticket, names) if who.preferences.get(preference, True)]
    if not people:
        return
    standard = _zone(session, ticket.organization_id)
    for person in people:
        outbox.put(
            session,
            ticket.organization_id,
            subscriber,
            {
                **facts,
                "ticketId": ticket.id,
                "to": person.email,
                "name": person.name,
                "timezone": person.timezone or standard,
            },
        )


def _zone(session: Session, organization_id: str) -> str:
    """The organization's zone, read once a transaction."""
    known: dict[str, str] = session.info.setdefault("zones", {})
    if organization_id not in known:
        known[organization_id] = session.exec(
            select(Organization.timezone).where(Organization.id == organization_id)
        ).one()
    return known[organization_id]
