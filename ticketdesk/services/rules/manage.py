"""Rules: listed for staff, made, changed, put in order, switched and deleted by admins."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound, Stale
from ticketdesk.ids import new_id
from ticketdesk.models import Rule
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit
from ticketdesk.services.rules import load
from ticketdesk.services.rules.circles import circles
from ticketdesk.services.rules.definition import RuleDefinition, RuleInput, RulePatch
from ticketdesk.services.rules.references import missing, require_references
from ticketdesk.services.rules.runs import Ran, ran
from ticketdesk.services.rules.views import RuleView, rule_view

_MOST = 500
REACH = timedelta(days=90)


def list_all(session: Session, actor: Actor) -> list[RuleView]:
    """Return the rules in the order in which they run, with how often each did."""
    actor.require(UserRole.AGENT, writes=False)
    rows = _rows(session, actor)
    counted = ran(session, [row.id for row in rows])
    found = _circles(rows)
    return [_view(session, row, counted.get(row.id), found) for row in rows]


def get(session: Session, actor: Actor, rule_id: str) -> RuleView:
    """Return one rule."""
    actor.require(UserRole.AGENT, writes=False)
    row = _find(session, actor, rule_id)
    return _whole(session, actor, row)


def create(session: Session, actor: Actor, command: RuleInput) -> RuleView:
    """Make a rule that runs after those there are.

    A scheduled rule begins with what came due in the last 90 days, as its trial shows.

    Raises:
        Invalid: it names agents, teams, texts or fields that are not there.
        Conflict: there are 500 already.
    """
    actor.require(UserRole.ADMIN)
    count = len(_rows(session, actor))
    if count >= _MOST:
        raise Conflict(f"There are {_MOST} rules already; delete one first.")
    row = Rule(id=new_id("rule"), organization_id=actor.organization_id, name="", position=count)
    _write(session, actor, row, command)
    _log(session, actor, row, "rule.created", {}, _view(session, row, None, {}).wire())
    return _whole(session, actor, row)


def change(
    session: Session,
    actor: Actor,
    rule_id: str,
    patch: RulePatch,
    *,
    version: int | None = None,
) -> RuleView:
    """Change the given parts of a rule; the same refusals as `create`, and Stale."""
    actor.require(UserRole.ADMIN)
    row = _find(session, actor, rule_id, lock=True)
    for expected in (version, patch.version):
        if expected is not None and expected != row.version:
            raise Stale("Somebody else changed the rule meanwhile. Load it again.")
    before = _view(session, row, None, {}).wire()
    row.version += 1
    _write(session, actor, row, _patched(row, patch))
    if patch.position is not None:
        _move(session, actor, row, patch.position)
    _log(session, actor, row, "rule.changed", before, _view(session, row, None, {}).wire())
    return _whole(session, actor, row)


def reorder(session: Session, actor: Actor, rule_ids: list[str]) -> list[RuleView]:
    """Put the rules in an order.

    Raises:
        Conflict: another admin added or deleted one meanwhile.
    """
    actor.require(UserRole.ADMIN)
    rows = {row.id: row for row in _rows(session, actor, lock=True)}
    if sorted(rows) != sorted(rule_ids):
        raise Conflict("The list of rules changed meanwhile. Load it again.")
    before = list(rows)
    _number(session, [rows[rule_id] for rule_id in rule_ids])
    audit.record(
        session, actor, "rule.reordered", before={"order": before}, after={"order": rule_ids}
    )
    return list_all(session, actor)


def delete(session: Session, actor: Actor, rule_id: str) -> None:
    """Delete a rule; what it did stays in the history of the tickets."""
    actor.require(UserRole.ADMIN)
    row = _find(session, actor, rule_id, lock=True)
    before = _view(session, row, None, {}).wire()
    session.delete(row)
    session.flush()
    load.forget(session)
    _log(session, actor, row, "rule.deleted", before, {})


def _patched(row: Rule, patch: RulePatch) -> RuleInput:
    given = patch.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"position", "version"}
    )
    present = {"name": row.name, "isActive": row.is_active, **row.definition}
    return RuleInput.parse(present | given)


def _write(session: Session, actor: Actor, row: Rule, command: RuleInput) -> None:
    if command.is_active or not row.name:
        require_references(session, actor.organization_id, command.conditions, command.actions)
    values = command.model_dump(mode="json", by_alias=True, exclude={"name", "is_active"})
    if command.is_scheduled and values["passed"] != row.definition.get("passed"):
        row.seen_until, row.seen_id = clock.now() - REACH, None
    row.name, row.is_active, row.definition = command.name, command.is_active, values
    row.is_scheduled = command.is_scheduled
    row.updated_at = clock.now()
    session.add(row)
    session.flush()
    load.forget(session)


def _move(session: Session, actor: Actor, row: Rule, position: int) -> None:
    others = [one for one in _rows(session, actor, lock=True) if one.id != row.id]
    others.insert(position, row)
    _number(session, others)


def _number(session: Session, rows: list[Rule]) -> None:
    for position, row in enumerate(rows):
        row.position = position
        session.add(row)
    session.flush()
    load.forget(session)


def _log(
    session: Session,
    actor: Actor,
    row: Rule,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    was, now = audit.differences(before, after)
    audit.record(
        session, actor, action, subject_id=row.id, subject_name=row.name, before=was, after=now
    )


def _rows(session: Session, actor: Actor, *, lock: bool = False) -> list[Rule]:
    query = (
        select(Rule)
        .where(Rule.organization_id == actor.organization_id)
        .order_by(col(Rule.position), col(Rule.id))
    )
    return list(session.exec(query.with_for_update() if lock else query))


def _find(session: Session, actor: Actor, rule_id: str, *, lock: bool = False) -> Rule:
    query = select(Rule).where(Rule.organization_id == actor.organization_id, Rule.id == rule_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound("There is no such rule.")
    return row


def _whole(session: Session, actor: Actor, row: Rule) -> RuleView:
    """Return a rule with how often it ran and what it goes round in circles with."""
    counted = ran(session, [row.id]).get(row.id)
    return _view(session, row, counted, _circles(_rows(session, actor), row.id))


def _circles(rows: list[Rule], looked_at: str | None = None) -> dict[str, list[str]]:
    """Return circles among the rules that are on; `looked_at` counts as on."""
    running = [row for row in rows if row.is_active or row.id == looked_at]
    return circles(
        (row.id, row.name, RuleDefinition.model_validate(row.definition)) for row in running
    )


def _view(
    session: Session, row: Rule, counted: Ran | None, found: dict[str, list[str]]
) -> RuleView:
    definition = RuleDefinition.model_validate(row.definition)
    problems = missing(session, row.organization_id, definition.conditions, definition.actions)
    unique = list(dict.fromkeys(problems.values()))
    return rule_view(row, definition, counted, unique, found.get(row.id, []))
