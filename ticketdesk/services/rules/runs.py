"""What rules did: counts, the last runs, and forgetting the old ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, true
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import Rule, RuleRun, Ticket, TicketActivity
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.models.wire import Moment, View

_KEPT = timedelta(days=90)
_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Ran:
    """How often a rule ran in 90 days (counted to 10,000), when last, and what went wrong then."""

    count: int
    last_at: datetime
    last_problem: str


class RunView(View):
    """One run: on which ticket, what it changed in words, or why it could not."""

    id: str
    ticket_id: str
    ticket_number: int
    subject: str
    trigger: str
    words: str
    problem: str
    created_at: Moment


def ran(session: Session, rule_ids: list[str]) -> dict[str, Ran]:
    """Return the figures of rules that ran at all, by rule."""
    if not rule_ids:
        return {}
    capped = select(RuleRun.id).where(RuleRun.rule_id == Rule.id).limit(_COUNTED).lateral("capped")
    counts = dict(
        session.exec(
            select(Rule.id, func.count(capped.c.id))
            .join(capped, true())
            .where(col(Rule.id).in_(rule_ids))
            .group_by(col(Rule.id))
        ).all()
    )
    newest = (
        select(RuleRun.created_at, RuleRun.problem)
        .where(RuleRun.rule_id == Rule.id)
        .order_by(col(RuleRun.created_at).desc(), col(RuleRun.id).desc())
        .limit(1)
        .lateral("newest")
    )
    rows = session.exec(
        select(Rule.id, newest.c.created_at, newest.c.problem)
        .join(newest, true())
        .where(col(Rule.id).in_(counts))
    )
    return {rule_id: Ran(counts[rule_id], at, problem) for rule_id, at, problem in rows}


def last_runs(session: Session, actor: Actor, rule_id: str, limit: int = 50) -> list[RunView]:
    """Return a rule's newest runs."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(RuleRun, Ticket)
        .join(Ticket, col(Ticket.id) == RuleRun.ticket_id)
        .where(RuleRun.organization_id == actor.organization_id, RuleRun.rule_id == rule_id)
        .order_by(col(RuleRun.created_at).desc(), col(RuleRun.id).desc())
        .limit(max(1, min(limit, 100)))
    )
    return [
        RunView(
            id=run.id,
            ticket_id=ticket.id,
            ticket_number=ticket.ticket_number,
            subject=ticket.subject,
            trigger=run.trigger,
            words=run.words,
            problem=run.problem,
            created_at=run.created_at,
        )
        for run, ticket in rows
    ]


class StopView(View):
    """A ticket on which rules kept setting each other off until they were stopped."""

    ticket_id: str
    ticket_number: int
    subject: str
    words: str
    created_at: Moment


def last_stops(session: Session, actor: Actor, limit: int = 20) -> list[StopView]:
    """Return the newest times that rules were stopped in the last 90 days, to staff only."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(TicketActivity, Ticket)
        .join(Ticket, col(Ticket.id) == TicketActivity.ticket_id)
        .where(
            TicketActivity.organization_id == actor.organization_id,
            TicketActivity.activity_type == TicketActivityType.RULES_STOPPED,
            col(TicketActivity.created_at) >= clock.now() - _KEPT,
        )
        .order_by(col(TicketActivity.created_at).desc())
        .limit(max(1, min(limit, 100)))
    )
    return [
        StopView(
            ticket_id=ticket.id,
            ticket_number=ticket.ticket_number,
            subject=ticket.subject,
            words=stop.description,
            created_at=stop.created_at,
        )
        for stop, ticket in rows
    ]


def forget_old(session: Session) -> int:
    """Delete runs older than 90 days (system role); return how many."""
    oldest = clock.now() - _KEPT
    return session.exec(delete(RuleRun).where(col(RuleRun.created_at) < oldest)).rowcount
