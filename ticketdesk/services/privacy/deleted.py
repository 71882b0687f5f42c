"""Erasing a person from deleted tickets: those that name them go for good at once."""

from sqlalchemy import String, cast
from sqlmodel import Session, col, or_

from ticketdesk.models import DeletedTicket
from ticketdesk.services.deleted.purge import let_go
from ticketdesk.services.privacy.person import Person
from ticketdesk.services.privacy.tickets import forget_traces


def deleted_tickets(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Let the next hundred deleted tickets go that name the person anywhere.

    They were to go anyway, and restoring one would bring the person back.
    """
    names = [person.email, *([person.user_id] if person.user_id else [])]
    whole = cast(col(DeletedTicket.rows), String)
    gone = let_go(
        session,
        person.organization_id,
        or_(*(whole.icontains(name, autoescape=True) for name in names)),
    )
    if not gone:
        return {}
    forget_traces(session, person, [row.id for row in gone])
    return {"tickets": len(gone)}
