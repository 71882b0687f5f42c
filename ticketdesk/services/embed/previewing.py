"""The form as it would look with settings that nobody has saved yet.

An admin's draft lies in Redis for a few minutes under a name of chance; the preview beside the
settings shows the form with it. It is drawn by the same page as the real form.
"""

import json
import secrets
from typing import Any

from redis import RedisError
from sqlmodel import Session

from ticketdesk import publisher
from ticketdesk.actor import Actor
from ticketdesk.errors import Unavailable
from ticketdesk.models.enums import UserRole
from ticketdesk.models.ticket_settings import EmbedSettings
from ticketdesk.services import ticket_settings

KEPT = 900  # seconds
_NAME_BYTES = 16


def keep(session: Session, actor: Actor, embed: dict[str, Any]) -> str:
    """Keep a draft of the public form's settings and return the name of its preview.

    Args:
        embed: part of `embedConfig`, camelCase.

    Raises:
        Invalid: the draft could not be saved as it stands, so it cannot be shown either.
        Unavailable: Redis does not answer.
    """
    actor.require(UserRole.ADMIN, writes=False)
    present = ticket_settings.of(session, actor.organization_id).embed_config
    wanted = EmbedSettings.parse(present.model_dump(mode="json", by_alias=True) | embed)
    draft = {
        "organizationId": actor.organization_id,
        "embedConfig": wanted.model_dump(mode="json", by_alias=True),
    }
    name = secrets.token_hex(_NAME_BYTES)
    try:
        publisher.connection().set(_key(name), json.dumps(draft), ex=KEPT)
    except RedisError as error:
        raise Unavailable("The preview does not answer at the moment.") from error
    return name


def find(name: str, organization_id: str) -> EmbedSettings | None:
    """Return the draft of this name, if it is the organization's and still there."""
    if len(name) != 2 * _NAME_BYTES or not name.isalnum():
        return None
    try:
        kept = publisher.connection().get(_key(name))
    except RedisError:
        return None
    draft = json.loads(kept) if kept else {}
    if draft.get("organizationId") != organization_id:
        return None
    return EmbedSettings.model_validate(draft["embedConfig"])


def _key(name: str) -> str:
    return f"door:preview:{name}"
