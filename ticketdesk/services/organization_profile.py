"""An organization's name, time zone and language."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator
from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services import audit
from ticketdesk.services.ticket_settings import PROFILE, is_older, stale, touched
from ticketdesk.services.tickets.commands import Name

LOCALES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
}


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"There is no time zone {name!r}; write one such as Europe/Berlin")
    return name


def _locale(name: str) -> str:
    if name not in LOCALES:
        raise ValueError(f"Choose one of {', '.join(LOCALES)}")
    return name


class ProfileInput(Command):
    """What an admin writes."""

    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    locale: Annotated[str, AfterValidator(_locale)]


class ProfileView(View):
    """The organization as its admins see it."""

    id: str
    slug: str
    name: str
    timezone: str
    locale: str
    version: int


def read(session: Session, actor: Actor) -> ProfileView:
    """Return the profile, to admins."""
    actor.require(UserRole.ADMIN, writes=False)
    return ProfileView.model_validate(_row(session, actor))


def update(session: Session, actor: Actor, command: ProfileInput, version: int) -> ProfileView:
    """Change the profile.

    Raises:
        Stale: another admin changed the profile since `version`.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor, lock=True)
    if is_older(row, PROFILE, version):
        raise stale(session, actor, "organization.changed", "the organization")
    before = _facts(row)
    row.name, row.timezone, row.locale = command.name, command.timezone, command.locale
    touched(row, PROFILE)
    session.add(row)
    was, now = audit.differences(before, _facts(row))
    if was or now:
        audit.record(session, actor, "organization.changed", before=was, after=now)
    session.flush()
    return ProfileView.model_validate(row)


def _facts(row: Organization) -> dict[str, str]:
    return {"name": row.name, "timezone": row.timezone, "locale": row.locale}


def _row(session: Session, actor: Actor, *, lock: bool = False) -> Organization:
    query = select(Organization).where(Organization.id == actor.organization_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound("There is no such organization.")
    return row
