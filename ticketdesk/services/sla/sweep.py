"""Tells what is due: warnings, breaches and escalations, each exactly once.

A batch is one transaction under the system role. It locks only tickets whose moment has come and
skips those that another sweeper holds. What happened is a row with a unique key, written in the
same transaction as the history and the outbox, so a crash loses or repeats nothing.
"""

from datetime import timedelta

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select, update

from ticketdesk import clock, events
from ticketdesk.actor import rule_actor, system_actor
from ticketdesk.ids import new_id
from ticketdesk.models import SlaEvent, Ticket
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services.rules import recipients
from ticketdesk.services.rules.perform import perform
from ticketdesk.services.sla.moments import BREACHED, ESCALATED, WARNED, Moment, moments_of
from ticketdesk.services.sla.policies import policy_for
from ticketdesk.services.sla.refresh import recount, refresh
from ticketdesk.services.tickets.touch import settle, touch

BATCH = 100
_POSTPONED = timedelta(minutes=10)
_KINDS = {WARNED: A.SLA_WARNED, BREACHED: A.SLA_BREACHED, ESCALATED: A.SLA_ESCALATED}
_TARGETS = {
    "FIRST_RESPONSE": "first response",
    "NEXT_RESPONSE": "next response",
    "RESOLUTION": "resolution",
}

log = structlog.get_logger(__name__)


def sweep(session: Session, limit: int = BATCH) -> int:
    """Tell what is due on up to `limit` tickets of any organization; return how many it saw.

    Args:
        session: of the system role; the caller commits, then calls again while tickets remain.
    """
    due = session.exec(
        select(Ticket.id)
        .where(col(Ticket.next_sla_event_at) <= clock.now())
        .order_by(col(Ticket.next_sla_event_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for ticket_id in due:
        _tell_or_postpone(session, ticket_id)
    return len(due)


def _tell_or_postpone(session: Session, ticket_id: str) -> None:
    """One ticket that cannot be told about must not hold up all that come after it."""
    try:
        with session.begin_nested():
            ticket = session.exec(
                select(Ticket)
                .where(Ticket.id == ticket_id)
                .execution_options(populate_existing=True)
            ).one()
            tell(session, ticket)
    # Whatever it was is logged with its trace, and the ticket is looked at again later.
    except Exception:
        log.exception("sla_ticket_broke", ticket_id=ticket_id)
        session.exec(
            update(Ticket)
            .where(col(Ticket.id) == ticket_id)
            .values(next_sla_event_at=clock.now() + _POSTPONED)
        )


def tell(session: Session, ticket: Ticket) -> list[Moment]:
    """Tell what is due on a locked ticket; return what had not been told before."""
    now = clock.now()
    running = recount(session, ticket)
    due = sorted(
        (
            moment
            for target in running
            if target.is_running
            for moment in moments_of(target)
            if moment.at <= now
        ),
        key=lambda moment: moment.at,
    )
    fresh = [moment for moment in due if _claim(session, ticket, moment)]
    breached = {moment.target.kind for moment in due if moment.kind == BREACHED}
    for moment in fresh:
        if moment.kind == WARNED and moment.target.kind in breached:
            # Nobody looked in time; the breach says it all.
            continue
        _announce(session, ticket, moment)
    refresh(session, ticket)
    session.add(ticket)
    session.flush()
    return fresh


def _claim(session: Session, ticket: Ticket, moment: Moment) -> bool:
    """Write down that it happens now; False when it has happened before."""
    target, occurrence, kind, step = moment.key
    claimed = session.exec(
        insert(SlaEvent)
        .values(
            id=new_id("slaev"),
            created_at=clock.now(),
            organization_id=ticket.organization_id,
            ticket_id=ticket.id,
            target=target,
            occurrence=occurrence,
            kind=kind,
            step=step,
            due_at=moment.target.due,
        )
        .on_conflict_do_nothing(
            index_elements=["ticket_id", "target", "occurrence", "kind", "step"]
        )
        .returning(SlaEvent.id)
    ).first()
    return claimed is not None


def _announce(session: Session, ticket: Ticket, moment: Moment) -> None:
    name = _TARGETS[moment.target.kind]
    policy = policy_for(session, ticket)
    words = {
        WARNED: f"warned that the {name} is due soon",
        BREACHED: f"noticed that the {name} is overdue",
        ESCALATED: f"escalated the {name} by the policy {policy.name}",
    }[moment.kind]
    due = moment.target.due
    activity_id = events.record(
        session,
        system_actor(ticket.organization_id),
        ticket,
        _KINDS[moment.kind],
        words,
        changes={"sla": (None, {"target": moment.target.kind, "dueAt": _iso(due)})},
    )
    if moment.escalation is not None:
        _escalate(session, ticket, moment, f"{policy.name} (service level)")
    else:
        _promise_mail(session, ticket, moment, activity_id)
        if settle(session, ticket):
            touch(session, ticket)


def _escalate(session: Session, ticket: Ticket, moment: Moment, name: str) -> None:
    actor = rule_actor(ticket.organization_id, name)
    assert moment.escalation is not None
    for action in moment.escalation.actions:
        problem = perform(session, actor, ticket, action)
        if problem:
            log.info("sla_escalation_refused", ticket_id=ticket.id, problem=problem)
    touch(session, ticket)


def _promise_mail(session: Session, ticket: Ticket, moment: Moment, activity_id: str) -> None:
    facts = {
        "activityId": activity_id,
        "kind": moment.kind,
        "target": moment.target.kind,
        "dueAt": _iso(moment.target.due),
    }
    recipients.promise_mails(
        session, ticket, "mail.sla_warning", ["assignee"], facts, preference="mailOnTargets"
    )


def _iso(moment: object) -> str | None:
    return moment.isoformat() if moment else None  # type: ignore[attr-defined]
