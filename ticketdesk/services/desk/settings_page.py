"""What the pages of settings read: everything an admin may set, as the browser gets it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services import organization_profile, ticket_settings
from ticketdesk.settings import settings


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings in camelCase, their version, and whose they are.

    `organization` is the short name in addresses; `base_url` is where the desk is reached.
    """

    values: dict[str, Any]
    version: int
    organization: str
    base_url: str


def read(session: Session, actor: Actor) -> SettingsPage:
    """Return the settings, to admins.

    Raises:
        Forbidden: the caller is no admin.
    """
    actor.require(UserRole.ADMIN, writes=False)
    found, version = ticket_settings.read(session, actor)
    profile = organization_profile.read(session, actor)
    return SettingsPage(
        values=found.model_dump(mode="json", by_alias=True),
        version=version,
        organization=profile.slug,
        base_url=settings().base_url.rstrip("/"),
    )
