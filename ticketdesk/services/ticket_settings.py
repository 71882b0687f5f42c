"""An organization's TicketSettings: read by every verb, changed by admins."""

from collections.abc import Iterable
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
PROFILE = ("name", "timezone", "locale")
ABSENT = "\x00absent"
"""Stands for a key that is not there, in what `put_back` takes."""


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
    session: Session,
    actor: Actor,
    patch: dict[str, Any],
    *,
    version: int | None = None,
    whole: bool = False,
) -> tuple[TicketSettings, int]:
    """Merge a partial settings object (camelCase, as in the specification) into the stored one.

    Objects are merged key by key, lists and values replace what was there; the whole is checked
    before anything is kept.

    Args:
        version: the version that was read; None overwrites whatever is there.
        whole: refuse after any change since `version`, not only after one of the same parts.

    Raises:
        Invalid: `fields` names what is wrong.
        Stale: another admin changed what this changes since `version` was read.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor, lock=True)
    if whole and version is not None and version != row.version:
        raise stale(session, actor, "settings.changed", "the settings")
    present = _whole(row)
    patch = without_rules(session, row.id, patch) if isinstance(patch, dict) else patch
    wanted = TicketSettings.parse(_merged(present, patch))
    own_templates.refuse_broken(wanted.email_config.templates)
    _store(session, actor, row, wanted, since=version)
    return with_rules(session, row.id, wanted), row.version


def parts(row: Organization) -> dict[str, Any]:
    """Return what admins set by part, such as `name`, `chat.away` or `retention.auditDays`.

    A part is what two admins can change at once without meeting each other.
    """
    found = {name: getattr(row, name) for name in PROFILE}
    return found | {
        part: value
        for name, section in _whole(row).items()
        for part, value in (
            ((f"{name}.{key}", value) for key, value in section.items())
            if isinstance(section, dict)
            else ((name, section),)
        )
    }


def put_back(session: Session, actor: Actor, values: dict[str, Any]) -> None:
    """Give parts the values they had; `ABSENT` takes a key away.

    Args:
        values: by the names of `parts`.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor, lock=True)
    whole = _whole(row)
    profile = {name: value for name, value in values.items() if name in PROFILE}
    for part, value in values.items():
        section, _, key = part.partition(".")
        if key and value == ABSENT:
            whole[section].pop(key, None)
        elif key:
            whole[section][key] = value
        elif part not in profile:
            whole[section] = value
    if profile:
        before = {name: getattr(row, name) for name in profile}
        for name, value in profile.items():
            setattr(row, name, value)
        touched(row, PROFILE)
        audit.record(session, actor, "organization.changed", before=before, after=profile)
    if len(profile) < len(values):
        _store(session, actor, row, TicketSettings.parse(whole))
    session.add(row)
    session.flush()


def touched(row: Organization, names: Iterable[str]) -> None:
    """Raise a row's version, and note that these parts have changed with it."""
    row.version += 1
    row.settings_versions = row.settings_versions | dict.fromkeys(names, row.version)


def is_older(row: Organization, names: Iterable[str], version: int) -> bool:
    """Return whether any of these parts was changed since a version was read, or it never was."""
    return version > row.version or any(
        row.settings_versions.get(name, 0) > version for name in names
    )


def _whole(row: Organization) -> dict[str, Any]:
    return TicketSettings.model_validate(row.settings).model_dump(mode="json", by_alias=True)


def _store(
    session: Session,
    actor: Actor,
    row: Organization,
    wanted: TicketSettings,
    since: int | None = None,
) -> None:
    present, values = _whole(row), wanted.model_dump(mode="json", by_alias=True)
    was, now = audit.differences(present, values)
    changed = {".".join(path.split(".")[:2]) for path in was | now}
    if since is not None and is_older(row, changed, since):
        raise stale(session, actor, "settings.changed", "the settings", changed)
    row.settings = values
    touched(row, changed)
    session.add(row)
    session.info.pop(_CACHE, None)
    if changed:
        audit.record(session, actor, "settings.changed", before=was, after=now)
    if present["slaConfig"] != values["slaConfig"]:
        session.info.pop("sla_policies", None)
        outbox.put(session, actor.organization_id, "sla.recompute", {"after": ""})
    session.flush()


def stale(
    session: Session, actor: Actor, action: str, what: str, among: Iterable[str] = ()
) -> Stale:
    """Return the refusal of a save based on an older state; it says who changed what.

    Args:
        among: the parts that both changed; () for any.
    """
    last = audit.latest(session, actor, action, touching=tuple(among))
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
_WHOLE = {"weekly", "showWhen", "templates", "holidayNames", "categoryTranslations"}


def _merged(present: Any, patch: Any) -> Any:
    if not (isinstance(present, dict) and isinstance(patch, dict)):
        return patch
    merged = dict(present)
    for key, value in patch.items():
        merged[key] = value if key in _WHOLE else _merged(present.get(key), value)
    return merged
