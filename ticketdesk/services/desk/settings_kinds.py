"""Which rows belong to what is saved on a page of settings, and what else taking back has to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden
from ticketdesk.models import (
    ApiKey,
    CannedResponse,
    CaptchaSecret,
    Macro,
    MailAccount,
    Organization,
    Rule,
    SignOnProvider,
    SlaPolicy,
    Team,
    TeamMember,
    User,
    Webhook,
)
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit, auth
from ticketdesk.services.people.change import require_another_admin
from ticketdesk.services.rules import load
from ticketdesk.services.sla import policies, recompute

Rows = dict[tuple[str, str], dict[str, Any]]
_SECRET = ("sealed", "sealed_secret", "sealed_client_secret", "key_hash")


def _log(noun: str) -> Callable[[Session, Actor, Rows, Rows], None]:
    def taken_back(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
        key = next(iter(was or now))
        audit.record(
            session,
            actor,
            f"{noun}.taken_back",
            subject_id=key[1],
            subject_name=_name(was, now),
            before=_shown(now),
            after=_shown(was),
        )

    return taken_back


def _silent(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
    """Settings write their own line; texts of one's own are in no log."""


def _mail(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
    """What is sealed together cannot be told apart: only that the account is as it was."""
    if any(table == MailAccount.__tablename__ for table, _ in was | now):
        audit.record(session, actor, "mail.account_taken_back")


def _policies(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
    _log("sla_policy")(session, actor, was, now)
    policies.forget(session)
    recompute.promise(session, actor.organization_id)


def _rules(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
    _log("rule")(session, actor, was, now)
    load.forget(session)


def _members(session: Session, actor: Actor, was: Rows, now: Rows) -> None:
    _log("member")(session, actor, was, now)
    for (_, user_id), values in was.items():
        if "role" in values:
            require_another_admin(session, actor.organization_id)
            auth.revoke_all(session, user_id)


@dataclass(frozen=True, slots=True)
class Kind:
    """Tables, parents first; `columns` () watches all; `one_by_one` where there are too many rows.

    `taken_back` hears what was put back and what it replaced.
    """

    tables: tuple[type[SQLModel], ...]
    taken_back: Callable[[Session, Actor, Rows, Rows], None]
    columns: tuple[str, ...] = ()
    one_by_one: bool = False
    role: UserRole = UserRole.ADMIN


KINDS: dict[str, Kind] = {
    "settings": Kind((Organization, CaptchaSecret), _silent),
    "mail": Kind((Organization, MailAccount), _mail),
    "team": Kind((Team, TeamMember), _log("team")),
    "canned_response": Kind((CannedResponse,), _silent, role=UserRole.AGENT),
    "macro": Kind((Macro,), _silent, role=UserRole.AGENT),
    "sla_policy": Kind((SlaPolicy,), _policies),
    "rule": Kind((Rule,), _rules),
    "single_sign_on": Kind((SignOnProvider,), _log("single_sign_on")),
    "api_key": Kind((ApiKey,), _log("api_key")),
    "webhook": Kind((Webhook,), _log("webhook")),
    "member": Kind(
        (User,),
        _members,
        columns=(
            "name",
            "role",
            "is_available",
            "capacity",
            "working_hours",
            "company",
            "manages_company",
        ),
        one_by_one=True,
    ),
    "own": Kind(
        (User,),
        _silent,
        columns=("preferences", "is_available"),
        one_by_one=True,
        role=UserRole.AGENT,
    ),
}


def require_own(actor: Actor, kind: str, row: Any, was: dict[str, Any] | None) -> None:
    """Refuse to touch what the caller could not have saved.

    Raises:
        Forbidden: it is shared and the caller is no admin, or another agent's.
    """
    for owner in [row.id] if kind == "own" else _owners(row, was):
        if owner is None:
            actor.require(UserRole.ADMIN)
        elif owner != actor.user_id:
            raise Forbidden("This belongs to another agent.")


def _owners(row: Any, was: dict[str, Any] | None) -> list[str | None]:
    found = [row.owner_id] if hasattr(row, "owner_id") else []
    return [*found, was["owner_id"]] if was and "owner_id" in was else found


def _name(was: Rows, now: Rows) -> str:
    for rows in (was, now):
        for values in rows.values():
            for name in ("name", "url", "issuer"):
                if name in values:
                    return str(values[name])
    return ""


def _shown(rows: Rows) -> dict[str, Any]:
    """Return rows for the audit log: without secrets, moments as text."""
    return {
        f"{name}" if len(rows) == 1 else f"{key[1]}.{name}": _plain(value)
        for key, values in rows.items()
        for name, value in values.items()
        if name not in _SECRET
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
