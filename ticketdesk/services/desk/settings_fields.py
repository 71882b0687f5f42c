"""Keeping custom fields: what the editor sends, checked beyond what each field says of itself."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.services import ticket_settings

_PREFIX = "embedConfig.customFields"
_BUILT_IN = {"category", "subject", "requesterName", "requesterEmail"}


def save(session: Session, actor: Actor, fields: list[Any], *, version: int) -> None:
    """Replace the custom fields.

    Raises:
        Invalid: a key twice, choices without any, a condition on a field that is not there.
        Stale: another admin changed the settings since.
    """
    _refuse(fields)
    patch = {"embedConfig": {"customFields": fields}}
    ticket_settings.change(session, actor, patch, version=version)


def _refuse(fields: list[Any]) -> None:
    known = [field for field in fields if isinstance(field, dict)]
    keys = [str(field.get("key", "")) for field in known]
    problems: dict[str, str] = {}
    for place, field in enumerate(known):
        key = keys[place]
        if key and key in keys[:place]:
            problems[f"{_PREFIX}.{place}.key"] = f"There is another field {key}."
        if str(field.get("kind")) in ("select", "multi_select") and not field.get("options"):
            problems[f"{_PREFIX}.{place}.options"] = "Give at least one choice."
        conditions = field.get("showWhen")
        names = list(conditions) if isinstance(conditions, dict) else []
        if any(name == key or (name not in keys and name not in _BUILT_IN) for name in names):
            problems[f"{_PREFIX}.{place}.showWhen"] = "This asks for a field that is not there."
    if problems:
        raise Invalid("Please check the fields.", fields=problems)
