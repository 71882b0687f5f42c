"""Scheduled rules: a ticket is looked at once its time has passed, in short transactions.

A rule remembers how far it has looked, so a run reads only tickets whose time came since. Each
ticket is locked by itself and judged as it is then: one that was changed meanwhile is left alone,
and one that somebody is changing right now is waited for, until the next run.
"""

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import structlog
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import Rule, RuleRun, Ticket
from ticketdesk.services.rules import engine, load
from ticketdesk.services.rules.definition import SCHEDULED, Passed, RuleDefinition
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.load import Ready
from ticketdesk.services.rules.messages import reader
from ticketdesk.services.sla.policies import standard_calendar
from ticketdesk.services.tickets.touch import touch

BATCH = 25
ANCHORS: dict[str, Any] = {
    "CREATED": Ticket.created_at,
    "UPDATED": Ticket.updated_at,
    "STATUS_CHANGED": Ticket.status_changed_at,
    "LAST_MESSAGE": Ticket.last_message_at,
}
_BEGINNING = timedelta(days=90)

log = structlog.get_logger(__name__)


def active(session: Session) -> list[tuple[str, str]]:
    """Return organization and identifier of every scheduled rule that is on (system role)."""
    rows = session.exec(
        select(Rule.organization_id, Rule.id)
        .where(col(Rule.is_active), col(Rule.is_scheduled))
        .order_by(col(Rule.organization_id), col(Rule.position), col(Rule.id))
    )
    return list(rows.all())


def run_batch(session: Session, actor: Actor, rule_id: str) -> bool:
    """Let a rule look at the next tickets whose time has come; True when there may be more."""
    row = session.exec(
        select(Rule)
        .where(
            Rule.organization_id == actor.organization_id,
            Rule.id == rule_id,
            col(Rule.is_active),
            col(Rule.is_scheduled),
        )
        .with_for_update(skip_locked=True)
    ).first()
    passed = RuleDefinition.model_validate(row.definition).passed if row else None
    if row is None or passed is None:
        return False
    due = _due(session, row, passed)
    rule = load.ready(row)
    done = list(
        takewhile(
            lambda one: _look(session, row.organization_id, one[0], one[1], rule, passed), due
        )
    )
    if done:
        row.seen_id, anchor = done[-1]
        row.seen_until = anchor + timedelta(hours=passed.hours)
        session.add(row)
        session.flush()
    return len(done) == BATCH


def _due(session: Session, row: Rule, passed: Passed) -> list[tuple[str, datetime]]:
    """Return the tickets behind where the rule stopped whose time has come, with that time."""
    wait, now = timedelta(hours=passed.hours), clock.now()
    anchor = col(ANCHORS[passed.since])
    seen = row.seen_until or now - _BEGINNING
    rows = session.exec(
        select(Ticket.id, anchor)
        .where(
            Ticket.organization_id == row.organization_id,
            tuple_(anchor, col(Ticket.id)) > tuple_(seen - wait, row.seen_id or ""),
            anchor <= now - wait,
        )
        .order_by(anchor, col(Ticket.id))
        .limit(BATCH)
    )
    return list(rows.all())


def _look(
    session: Session,
    organization_id: str,
    ticket_id: str,
    anchor: datetime,
    rule: Ready,
    passed: Passed,
) -> bool:
    """Judge one ticket under its lock; False when somebody holds it."""
    try:
        with session.begin_nested():
            ticket = session.exec(
                select(Ticket)
                .where(Ticket.organization_id == organization_id, Ticket.id == ticket_id)
                .with_for_update(skip_locked=True)
                .execution_options(populate_existing=True)
            ).first()
            if ticket is None:
                return _is_gone(session, organization_id, ticket_id)
            changed_meanwhile = getattr(ticket, ANCHORS[passed.since].key) != anchor
            if not changed_meanwhile and not _ran(session, rule, ticket, anchor):
                _judge(session, ticket, rule)
    # Whatever it was is logged with its trace; the ticket must not hold up those behind it.
    except Exception:
        log.exception("scheduled_rule_broke", rule_id=rule.id, ticket_id=ticket_id)
    return True


def _judge(session: Session, ticket: Ticket, rule: Ready) -> None:
    facts = Facts(
        ticket,
        clock.now(),
        reader(session, ticket),
        load_calendar=lambda: standard_calendar(session, ticket.organization_id),
    )
    if rule.holds(facts):
        engine.start(session, ticket, rule, SCHEDULED)
        touch(session, ticket)


def _ran(session: Session, rule: Ready, ticket: Ticket, anchor: datetime) -> bool:
    """Whether the rule has acted since: a change of its hours must not repeat what it did."""
    return (
        session.exec(
            select(RuleRun.id)
            .where(
                RuleRun.ticket_id == ticket.id,
                RuleRun.rule_id == rule.id,
                RuleRun.created_at >= anchor,
            )
            .limit(1)
        ).first()
        is not None
    )


def _is_gone(session: Session, organization_id: str, ticket_id: str) -> bool:
    found = session.exec(
        select(Ticket.id).where(Ticket.organization_id == organization_id, Ticket.id == ticket_id)
    ).first()
    return found is None
