"""The frame's facts: who is signed in, where, and how much waits in each view."""

from dataclasses import dataclass

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.services.desk import chats, views
from ticketdesk.services.tickets import listing
from ticketdesk.services.tickets.filters import TicketFilters

_COUNTED = ("mine", "unassigned", views.ALL_OPEN, "due_soon", "breached", "waiting")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen; counts stop at the cap of a list."""

    user_id: str
    name: str
    email: str
    role: str
    organization_id: str
    organization: str
    counts: dict[str, int]
    chats: int


def frame(session: Session, actor: Actor) -> Frame:
    """Return the frame of the caller; a customer gets one without counts, to sign out of."""
    actor.require(UserRole.CUSTOMER, writes=False)
    organization = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    return Frame(
        user_id=actor.user_id or "",
        name=actor.name,
        email=actor.email or "",
        role=str(actor.role),
        organization_id=actor.organization_id,
        organization=organization,
        counts=counts(session, actor) if actor.is_staff else {},
        chats=chats.waiting(session, actor) if actor.is_staff else 0,
    )


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """Return how many tickets each view holds, up to the cap."""
    actor.require(UserRole.AGENT, writes=False)
    return {
        view: listing.count(session, actor, TicketFilters(**views.filters(view)))[0]
        for view in _COUNTED
    }
