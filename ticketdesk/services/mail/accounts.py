"""The provider's connection and secrets of an organization, sealed with the secret key."""

import json
from typing import Any

from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import MailAccount
from ticketdesk.models.enums import UserRole
from ticketdesk.services.sealing import seal, unseal


def read(session: Session, organization_id: str) -> dict[str, Any]:
    """The unsealed account, empty when none is stored.

    Raises `Unavailable` when the secret key is not the one it was sealed with.
    """
    row = session.get(MailAccount, organization_id)
    return json.loads(unseal(row.sealed)) if row else {}


def store(session: Session, actor: Actor, account: dict[str, Any]) -> None:
    """Seal and keep `account` (JSON values); an empty one is forgotten."""
    actor.require(UserRole.ADMIN)
    row = session.get(MailAccount, actor.organization_id)
    if not account:
        if row is not None:
            session.delete(row)
            session.flush()
        return
    sealed = seal(json.dumps(account))
    row = row or MailAccount(organization_id=actor.organization_id, sealed=sealed)
    row.sealed, row.updated_at = sealed, clock.now()
    session.add(row)
    session.flush()
