"""Who is meant by `assignee`, `admins` or an address."""

from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import UserRole


def addresses(session: Session, ticket: Ticket, names: list[str]) -> list[str]:
    """Return the mail addresses of those a notice goes to, each once.

    An unassigned ticket's `assignee` are the admins: somebody must hear of it.
    """
    found: dict[str, None] = {}
    for name in names:
        if name == "assignee" and ticket.assigned_to_id:
            wanted = User.id == ticket.assigned_to_id
        elif name in ("assignee", "admins"):
            wanted = User.role == UserRole.ADMIN
        else:
            found[name] = None
            continue
        people = session.exec(
            select(User.email)
            .where(User.organization_id == ticket.organization_id, col(User.is_active), wanted)
            .order_by(col(User.id))
            .limit(50)
        )
        found |= dict.fromkeys(people)
    return list(found)
