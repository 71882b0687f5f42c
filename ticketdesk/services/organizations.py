"""Organizations: found, made, renamed."""

import re
from zoneinfo import available_timezones

from sqlmodel import Session, col, or_, select

from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, TicketCounter, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services.secrets import hash_password
from ticketdesk.services.text import clean_email, clean_line

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")


def find_id(session: Session, reference: str) -> str:
    """Return the identifier of an organization given by identifier or slug.

    Raises:
        NotFound: there is none.
    """
    found = session.exec(
        select(Organization.id).where(
            or_(col(Organization.id) == reference, col(Organization.slug) == reference)
        )
    ).first()
    if found is None:
        raise NotFound("There is no such organization.")
    return found


def init(
    session: Session,
    *,
    name: str,
    slug: str,
    email: str,
    password: str,
    admin_name: str,
    timezone: str = "UTC",
) -> str:
    """Make an organization and its first admin; return the organization's identifier.

    Args:
        session: a session of the system role: the organization does not exist yet.
        slug: its short name in addresses: small letters, digits and hyphens.
        timezone: an IANA zone such as `Europe/Berlin`.

    Raises:
        Invalid: a value is wrong; `fields` names it.
        Conflict: the slug is taken.
    """
    if not _SLUG.fullmatch(slug):
        message = "Use small letters, digits and hyphens, at most 50."
        raise Invalid(message, fields={"slug": message})
    if timezone not in available_timezones():
        message = f"There is no time zone {timezone!r}; write one such as Europe/Berlin."
        raise Invalid(message, fields={"timezone": message})
    if session.exec(select(Organization.id).where(Organization.slug == slug)).first():
        raise Conflict(f"There is already an organization {slug!r}.")
    organization = Organization(
        id=new_id("org"), slug=slug, name=clean_line(name, "name", 200), timezone=timezone
    )
    admin = User(
        id=new_id("user"),
        organization_id=organization.id,
        email=clean_email(email, "email"),
        name=clean_line(admin_name, "adminName", 200),
        role=UserRole.ADMIN,
        password_hash=hash_password(password),
    )
    session.add(organization)
    session.flush()
    session.add(TicketCounter(organization_id=organization.id))
    session.add(admin)
    session.flush()
    return organization.id
