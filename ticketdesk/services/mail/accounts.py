"""The provider's connection and secrets of an organization, sealed with the secret key."""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Unavailable
from ticketdesk.models import MailAccount
from ticketdesk.models.enums import UserRole
from ticketdesk.services.mail.signing import derive_key
from ticketdesk.settings import settings


def read(session: Session, organization_id: str) -> dict[str, Any]:
    """The unsealed account, empty when none is stored.

    Raises `Unavailable` when the secret key is not the one it was sealed with.
    """
    row = session.get(MailAccount, organization_id)
    if row is None:
        return {}
    try:
        return json.loads(_box().decrypt(row.sealed.encode()))
    except InvalidToken as error:
        raise Unavailable(
            "The mail account was sealed with another TICKETDESK_SECRET_KEY; enter it again."
        ) from error


def store(session: Session, actor: Actor, account: dict[str, Any]) -> None:
    """Seal and keep `account` (JSON values); an empty one is forgotten."""
    actor.require(UserRole.ADMIN)
    row = session.get(MailAccount, actor.organization_id)
    if not account:
        if row is not None:
            session.delete(row)
        return
    sealed = _box().encrypt(json.dumps(account).encode()).decode()
    row = row or MailAccount(organization_id=actor.organization_id, sealed=sealed)
    row.sealed, row.updated_at = sealed, clock.now()
    session.add(row)
    session.flush()


def _box() -> Fernet:
    key = derive_key(settings().secret_key, "mail-accounts")
    return Fernet(base64.urlsafe_b64encode(key))
