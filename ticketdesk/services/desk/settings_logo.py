"""The organization's logo: taken as any safe picture, kept as a small PNG of our own drawing."""

from sqlmodel import Session, col, delete, select

from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import BrandLogo
from ticketdesk.models.enums import UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.files.room import Room
from ticketdesk.services.files.uploads import Admission

PATH = "/embed/logo"
KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
MOST_BYTES = 5 * 1024 * 1024
# Earlier logos stand in mails that have been sent.
_KEPT = 10


def admit(session: Session, actor: Actor) -> Admission:
    """Say what may be uploaded as a logo, before the first byte is read.

    Raises:
        Forbidden: the caller is no admin.
    """
    actor.require(UserRole.ADMIN)
    return Admission(actor.organization_id, Room(MOST_BYTES, 1, MOST_BYTES, 1, KINDS))


def keep(session: Session, actor: Actor, picture: bytes) -> str:
    """Make a picture the organization's logo and return its path.

    Args:
        picture: a PNG that we drew.
    """
    actor.require(UserRole.ADMIN)
    row = BrandLogo(id=new_id("logo"), organization_id=actor.organization_id, picture=picture)
    session.add(row)
    session.flush()
    url = f"{PATH}/{row.id}.png"
    ticket_settings.change(session, actor, {"embedConfig": {"logoUrl": url}})
    kept = (
        select(BrandLogo.id)
        .where(BrandLogo.organization_id == actor.organization_id)
        .order_by(col(BrandLogo.created_at).desc(), col(BrandLogo.id).desc())
        .limit(_KEPT)
    )
    session.exec(
        delete(BrandLogo).where(
            col(BrandLogo.organization_id) == actor.organization_id,
            col(BrandLogo.id).not_in(kept),
        )
    )
    return url


def remove(session: Session, actor: Actor) -> None:
    """Show the organization's name again instead of a logo."""
    actor.require(UserRole.ADMIN)
    ticket_settings.change(session, actor, {"embedConfig": {"logoUrl": None}})


def find(session: Session, logo_id: str) -> bytes | None:
    """Return a logo's bytes, or None (system role: mails and public pages have no tenant)."""
    return session.exec(select(BrandLogo.picture).where(BrandLogo.id == logo_id)).first()
