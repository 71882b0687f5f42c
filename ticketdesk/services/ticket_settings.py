"""An organization's TicketSettings: read by every verb, changed by admins."""

from typing import Any

from sqlmodel import Session, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound, Stale
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
        raise stale(session, actor, "settings.changed", "the settings")
    present = TicketSettings.model_validate(row.settings).model_dump(mode="json", by_alias=True)
    patch = without_rules(session, row.id, patch) if isinstance(patch, dict) else patch
    wanted = TicketSettings.parse(_merged(present, patch))
    own_templates.refuse_broken(wanted.email_config.templates)
    _store(session, actor, row, present, wanted)
    return with_rules(session, row.id, wanted), row.version


def take_back(session: Session, actor: Actor, version: int) -> int:
    """Give the settings back what one's own last change took, and return the new version.

    Args:
        version: the version that the change made.

    Raises:
        Conflict: the settings were changed again since, or by somebody else.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor, lock=True)
    last = audit.latest(session, actor, "settings.changed")
    if row.version != version or last is None or last.performed_by_id != actor.user_id:
        raise Conflict("The settings were changed again since; this cannot be taken back.")
    present = TicketSettings.model_validate(row.settings).model_dump(mode="json", by_alias=True)
    wanted = TicketSettings.parse(audit.as_before(present, last.before))
    _store(session, actor, row, present, wanted)
    return row.version


def _store(
    session: Session,
    actor: Actor,
    row: Organization,
    present: dict[str, Any],
    wanted: TicketSettings,
) -> None:
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


def stale(session: Session, actor: Actor, action: str, what: str) -> Stale:
    """Return the refusal of a save based on an older state; it says who changed what."""
    last = audit.latest(session, actor, action)
    if last is None:
        return Stale(f"Somebody else changed {what} meanwhile. Load the page again.")
    names = ", ".join(sorted(last.after.keys() | last.before.keys())[:3])
    return Stale(
        f"Somebody else changed {what} meanwhile: {last.performed_by_name}, {names}."
        " Load the page again.",
        details={"changedBy": last.performed_by_name, "changed": sorted(last.after)},
    )


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
