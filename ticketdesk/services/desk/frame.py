"""The frame's facts: who is signed in, where, and how much waits in each view."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.services import status_words, ticket_settings
from ticketdesk.services.desk import chats, getting_started, query, views
from ticketdesk.services.library import saved_views
from ticketdesk.services.people import preferences
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import count_each

_COUNTED = ("mine", "unassigned", views.ALL_OPEN, "due_soon", "breached", "waiting")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen; counts stop at the cap of a list.

    `statuses` is what each status is called here, `guide` how far the first steps are, `look` what
    the caller's preferences say about it.
    """

    user_id: str
    name: str
    email: str
    role: str
    organization_id: str
    organization: str
    counts: dict[str, int]
    views: list[dict[str, Any]]
    chats: int
    statuses: dict[str, str]
    guide: str
    look: dict[str, Any]


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
        views=saved(session, actor) if actor.is_staff else [],
        chats=chats.waiting(session, actor) if actor.is_staff else 0,
        guide=_guide(session, actor),
        look=_look(session, actor),
        statuses=status_words.for_agents(ticket_settings.of(session, actor.organization_id)),
    )


def _look(session: Session, actor: Actor) -> dict[str, Any]:
    if not actor.is_staff or actor.user_id is None:
        return {}
    own = preferences.read(session, actor).preferences
    return {
        "theme": own.theme,
        "density": own.density,
        "dateLanguage": own.date_language,
        "browserNotifications": own.browser_notifications,
    }


def _guide(session: Session, actor: Actor) -> str:
    """How far a new organization is, '' once that is over or put away."""
    if actor.role is not UserRole.ADMIN or actor.user_id is None:
        return ""
    guide = getting_started.read(session, actor)
    return f"{guide.done} of {len(guide.steps)}" if guide.is_shown else ""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many tickets the standing views hold, and the lines of the saved ones."""

    counts: dict[str, int]
    views: list[dict[str, Any]]


def waits(session: Session, actor: Actor) -> Waits:
    """Return what the sidebar shows of views."""
    actor.require(UserRole.AGENT, writes=False)
    return Waits(counts(session, actor), saved(session, actor))


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """Return how many tickets each view holds, up to the cap."""
    actor.require(UserRole.AGENT, writes=False)
    wanted = {view: TicketFilters(**views.filters(view)) for view in _COUNTED}
    return {view: number for view, (number, _) in count_each(session, actor, wanted).items()}


def saved(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Return the saved views as lines of the sidebar, with how many tickets each holds.

    A view whose filters no longer work has the count -1.
    """
    actor.require(UserRole.AGENT, writes=False)
    return [
        {
            "id": view.id,
            "title": view.title,
            "to": query.path({"saved": view.id} | view.query),
            "shared": view.shared,
            "version": view.version,
            "count": -1 if view.count is None else view.count,
            "capped": view.count_is_capped,
        }
        for view in saved_views.list_all(session, actor, counted=True)
    ]
