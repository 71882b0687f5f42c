"""The secret key of a hosted captcha: written by admins, read by the check alone."""

from pydantic import Field
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models import CaptchaSecret
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command
from ticketdesk.services.sealing import seal, unseal


class KeepSecret(Command):
    """The service's secret key; null forgets it."""

    secret: str | None = Field(max_length=500)


def keep(session: Session, actor: Actor, command: KeepSecret) -> None:
    """Keep or forget the organization's secret key; nobody ever reads it back.

    Raises:
        Forbidden: the caller is no admin.
    """
    actor.require(UserRole.ADMIN)
    row = session.get(CaptchaSecret, actor.organization_id)
    if not command.secret:
        if row:
            session.delete(row)
        return
    sealed = seal(command.secret)
    row = row or CaptchaSecret(organization_id=actor.organization_id, sealed=sealed)
    row.sealed = sealed
    session.add(row)
    session.flush()


def of(session: Session, organization_id: str) -> str | None:
    """Return the secret key, or None where there is none."""
    row = session.get(CaptchaSecret, organization_id)
    return unseal(row.sealed) if row else None
