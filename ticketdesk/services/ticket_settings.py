"""An organization's TicketSettings: read by every verb, changed by admins."""

from typing import Any

from sqlmodel import Session, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound, Stale
from ticketdesk.models import Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services import audit
from ticketdesk.services.mail import own_templates
from ticketdesk.services.rules.in_settings import with_rules, without_rules

_CACHE = "ticket_settings"


def of(session: Session, organization_id: str) -> TicketSettings:
    """Return an organization's settings, read once a transaction."""
    known: dict[str, TicketSettings] = session.info.setdefault(_CACHE, {})
    if organization_id not in known:
        stored = session.exec(
            select(Organization.settings).where(Organization.id == organization_id)
        ).first()
        known[organization_id] = TicketSettings.model_validate(stored or {})
    return known[organization_id]


def read(session: Session, actor: Actor) -> tuple[TicketSettings, int]:
    """Return the settings and their version, to staff only."""
    actor.require(UserRole.AGENT, writes=False)
    row = _row(session, actor)
    settings = TicketSettings.model_validate(row.settings)
    return with_rules(session, row.id, settings), row.version


def change(
    session: Session, actor: Actor, patch: dict[str, Any], *, version: int | None = None
) -> tuple[TicketSettings, int]:
    """Merge a partial settings object (camelCase, as in the specification) into the stored one.

    Objects are merged key by key, lists and values replace what was there; the whole is checked
    before anything is kept.

    Raises:
        Invalid: `fields` names what is wrong.
        Stale: another admin changed the settings since `version` was read.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor, lock=True)
    if version is not None and version != row.version:
        raise Stale("Somebody else changed the settings meanwhile. Load them again.")
    present = TicketSettings.model_validate(row.settings).model_dump(mode="json", by_alias=True)
    patch = without_rules(session, row.id, patch) if isinstance(patch, dict) else patch
    wanted = TicketSettings.parse(_merged(present, patch))
    own_templates.refuse_broken(wanted.email_config.templates)
    row.settings = wanted.model_dump(mode="json", by_alias=True)
    row.version += 1
    session.add(row)
    session.info.pop(_CACHE, None)
    was, now = audit.differences(present, row.settings)
    if was or now:
        audit.record(session, actor, "settings.changed", before=was, after=now)
    if present["slaConfig"] != row.settings["slaConfig"]:
        session.info.pop("sla_policies", None)
        outbox.put(session, actor.organization_id, "sla.recompute", {"after": ""})
    session.flush()
    return with_rules(session, row.id, wanted), row.version


def _row(session: Session, actor: Actor, *, lock: bool = False) -> Organization:
    query = select(Organization).where(Organization.id == actor.organization_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound("There is no such organization.")
    return row


# Maps with free keys: a patch replaces them whole, or nothing could ever be removed from them.
_WHOLE = {"weekly", "showWhen", "templates", "holidayNames"}


def _merged(present: Any, patch: Any) -> Any:
    if not (isinstance(present, dict) and isinstance(patch, dict)):
        return patch
    merged = dict(present)
    for key, value in patch.items():
        merged[key] = value if key in _WHOLE else _merged(present.get(key), value)
    return merged
