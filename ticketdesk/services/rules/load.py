"""The rules that run, read once a transaction and made ready once a version."""

from collections import OrderedDict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.models import Rule
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.definition import RuleDefinition
from ticketdesk.services.rules.judge import Predicate
from ticketdesk.services.rules.judge import ready as question

_CACHE = "active_rules"
_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule ready to be judged."""

    id: str
    name: str
    triggers: frozenset[str]
    holds: Predicate
    actions: tuple[Action, ...]


# Making a definition ready costs more than judging it: kept by identifier and version.
_ready: OrderedDict[tuple[str, int], Ready] = OrderedDict()


def active(session: Session, organization_id: str) -> list[Ready]:
    """Return an organization's triggered rules that are switched on, in the admin's order."""
    cache: dict[str, list[Ready]] = session.info.setdefault(_CACHE, {})
    if organization_id not in cache:
        cache[organization_id] = _read(session, organization_id)
    return cache[organization_id]


def forget(session: Session) -> None:
    """Read the rules anew, after a change of them within this transaction."""
    session.info.pop(_CACHE, None)


def ready(row: Rule) -> Ready:
    """Return a rule ready to be judged."""
    key = (row.id, row.version)
    if key not in _ready:
        definition = RuleDefinition.model_validate(row.definition)
        _ready[key] = of_definition(row.id, row.name, definition)
        while len(_ready) > _KEPT:
            _ready.popitem(last=False)
    return _ready[key]


def of_definition(rule_id: str, name: str, definition: RuleDefinition) -> Ready:
    """Return what a definition says, ready to be judged."""
    return Ready(
        rule_id,
        name,
        frozenset(definition.triggers),
        question(definition.conditions),
        tuple(definition.actions),
    )


def _read(session: Session, organization_id: str) -> list[Ready]:
    stamps = session.exec(
        select(Rule.id, Rule.version)
        .where(
            Rule.organization_id == organization_id,
            col(Rule.is_active),
            ~col(Rule.is_scheduled),
        )
        .order_by(col(Rule.position), col(Rule.id))
    ).all()
    missing = [rule_id for rule_id, version in stamps if (rule_id, version) not in _ready]
    fresh = {}
    if missing:
        rows = session.exec(select(Rule).where(col(Rule.id).in_(missing)))
        fresh = {row.id: ready(row) for row in rows}
    return [fresh.get(rule_id) or _ready[(rule_id, version)] for rule_id, version in stamps]
