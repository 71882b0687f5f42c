"""Policies: listed for staff, made, changed, put in order and deleted by admins."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound, Stale
from ticketdesk.ids import new_id
from ticketdesk.models import SlaPolicy
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services import audit
from ticketdesk.services.rules.references import require_references
from ticketdesk.services.sla import policies, recompute
from ticketdesk.services.sla.definition import Definition, PolicyInput

_MOST = 100


class PolicyView(View):
    """A policy as admins see it; `position` counts from 0 in the order they are tried."""

    id: str
    name: str
    position: int
    is_active: bool
    definition: Definition
    version: int
    updated_at: Moment

    def wire(self) -> dict[str, Any]:
        """Return the JSON object: what the definition says stands beside the name."""
        values = super().wire()
        return values | values.pop("definition")


def list_all(session: Session, actor: Actor) -> list[PolicyView]:
    """Return the policies in the order in which they are tried."""
    actor.require(UserRole.AGENT, writes=False)
    return [_view(row) for row in _rows(session, actor)]


def get(session: Session, actor: Actor, policy_id: str) -> PolicyView:
    """Return one policy."""
    actor.require(UserRole.AGENT, writes=False)
    return _view(_find(session, actor, policy_id))


def create(session: Session, actor: Actor, command: PolicyInput) -> PolicyView:
    """Make a policy, tried after those there are.

    Raises:
        Invalid: it names agents, teams, texts or fields that are not there.
        Conflict: there are 100 already.
    """
    actor.require(UserRole.ADMIN)
    _check(session, actor, command)
    count = len(_rows(session, actor))
    if count >= _MOST:
        raise Conflict(f"There are {_MOST} policies already; delete one first.")
    row = SlaPolicy(
        id=new_id("slap"), organization_id=actor.organization_id, name="", position=count
    )
    return _write(session, actor, row, command, "sla_policy.created", {})


def change(
    session: Session,
    actor: Actor,
    policy_id: str,
    command: PolicyInput,
    *,
    version: int | None = None,
) -> PolicyView:
    """Replace what a policy says; the same refusals as `create`, and Stale."""
    actor.require(UserRole.ADMIN)
    row = _find(session, actor, policy_id, lock=True)
    if version is not None and version != row.version:
        raise Stale("Somebody else changed the policy meanwhile. Load it again.")
    _check(session, actor, command)
    before = _view(row).wire()
    row.version += 1
    return _write(session, actor, row, command, "sla_policy.changed", before)


def reorder(session: Session, actor: Actor, policy_ids: list[str]) -> list[PolicyView]:
    """Put the policies in an order.

    Raises:
        Conflict: another admin added or deleted one meanwhile.
    """
    actor.require(UserRole.ADMIN)
    rows = {row.id: row for row in _rows(session, actor, lock=True)}
    if sorted(rows) != sorted(policy_ids):
        raise Conflict("The list of policies changed meanwhile. Load it again.")
    before = list(rows)
    for position, policy_id in enumerate(policy_ids):
        rows[policy_id].position = position
        session.add(rows[policy_id])
    session.flush()
    audit.record(
        session,
        actor,
        "sla_policy.reordered",
        before={"order": before},
        after={"order": policy_ids},
    )
    _renew(session, actor)
    return [_view(rows[policy_id]) for policy_id in policy_ids]


def delete(session: Session, actor: Actor, policy_id: str) -> None:
    """Delete a policy; its tickets come under the next that matches."""
    actor.require(UserRole.ADMIN)
    row = _find(session, actor, policy_id, lock=True)
    audit.record(
        session,
        actor,
        "sla_policy.deleted",
        subject_id=row.id,
        subject_name=row.name,
        before=_view(row).wire(),
    )
    session.delete(row)
    session.flush()
    _renew(session, actor)


def _check(session: Session, actor: Actor, command: PolicyInput) -> None:
    actions = [action for step in command.escalations for action in step.actions]
    require_references(session, actor.organization_id, command.conditions, actions)


def _write(
    session: Session,
    actor: Actor,
    row: SlaPolicy,
    command: PolicyInput,
    action: str,
    before: dict[str, Any],
) -> PolicyView:
    values = command.model_dump(mode="json", by_alias=True, exclude={"name", "is_active"})
    row.name, row.is_active, row.definition = command.name, command.is_active, values
    row.updated_at = clock.now()
    session.add(row)
    session.flush()
    view = _view(row)
    was, now = audit.differences(before, view.wire())
    audit.record(
        session, actor, action, subject_id=row.id, subject_name=row.name, before=was, after=now
    )
    _renew(session, actor)
    return view


def _renew(session: Session, actor: Actor) -> None:
    policies.forget(session)
    recompute.promise(session, actor.organization_id)


def _rows(session: Session, actor: Actor, *, lock: bool = False) -> list[SlaPolicy]:
    query = (
        select(SlaPolicy)
        .where(SlaPolicy.organization_id == actor.organization_id)
        .order_by(col(SlaPolicy.position), col(SlaPolicy.id))
    )
    return list(session.exec(query.with_for_update() if lock else query))


def _find(session: Session, actor: Actor, policy_id: str, *, lock: bool = False) -> SlaPolicy:
    query = select(SlaPolicy).where(
        SlaPolicy.organization_id == actor.organization_id, SlaPolicy.id == policy_id
    )
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound("There is no such policy.")
    return row


def _view(row: SlaPolicy) -> PolicyView:
    return PolicyView(
        id=row.id,
        name=row.name,
        position=row.position,
        is_active=row.is_active,
        definition=Definition.model_validate(row.definition),
        version=row.version,
        updated_at=row.updated_at,
    )
