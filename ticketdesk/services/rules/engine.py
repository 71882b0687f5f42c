"""Runs the rules in the transaction of a change (semantics.md, Rules).

A verb's changes are judged together by every rule in the admin's order, each rule once. What rules
changed is then judged in the same way, to a depth of five; if rules would go on setting each other
off, they stop there and the history says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from ticketdesk import clock, events
from ticketdesk.actor import rule_actor, system_actor
from ticketdesk.ids import new_id
from ticketdesk.models import RuleRun, Ticket
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.rules import load, pending, triggers
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.load import Ready
from ticketdesk.services.rules.messages import reader
from ticketdesk.services.rules.pending import Change
from ticketdesk.services.rules.perform import perform
from ticketdesk.services.sla.policies import standard_calendar

DEPTH = 5
_RUNNING = "rules_are_running"


def after_change(session: Session, ticket: Ticket) -> bool:
    """Run the rules for what a verb changed on a locked ticket; True when a rule did something."""
    if session.info.get(_RUNNING):
        return False
    changes = pending.take(session, ticket.id)
    if not changes:
        return False
    rules = load.active(session, ticket.organization_id)
    if not rules:
        return False
    with _running(session):
        return _cascade(session, ticket, rules, changes, DEPTH)


def start(session: Session, ticket: Ticket, rule: Ready, trigger: str) -> None:
    """Carry out one rule on a locked ticket, and the rules that its changes set off."""
    rules = load.active(session, ticket.organization_id)
    with _running(session):
        changes = fire(session, ticket, rule, trigger)
        if changes:
            _cascade(session, ticket, rules, changes, DEPTH - 1)


@contextmanager
def _running(session: Session) -> Iterator[None]:
    """What rules change meanwhile is judged by the rounds here, not by the verbs they use."""
    session.info[_RUNNING] = True
    try:
        yield
    finally:
        session.info[_RUNNING] = False


def _cascade(
    session: Session, ticket: Ticket, rules: list[Ready], changes: list[Change], rounds: int
) -> bool:
    did_something = False
    for _ in range(rounds):
        changes, fired = _judge(session, ticket, rules, changes)
        did_something |= fired
        if not changes:
            return did_something
    if waiting := _would_fire(session, ticket, rules, changes):
        names = ", ".join(rule.name for rule in waiting)
        events.record(
            session,
            system_actor(ticket.organization_id),
            ticket,
            TicketActivityType.RULES_STOPPED,
            f"stopped the rules, which kept setting each other off: {names}",
        )
        pending.take(session, ticket.id)
    return did_something


def _judge(
    session: Session, ticket: Ticket, rules: list[Ready], changes: list[Change]
) -> tuple[list[Change], bool]:
    """Let every rule look at changes once; return what they changed, and whether any ran."""
    found = triggers.of_changes(session, ticket, changes)
    caused: list[Change] = []
    facts, fired = _facts(session, ticket, changes), False
    for rule in rules:
        matching = rule.triggers & found
        if matching and rule.holds(facts):
            caused += fire(session, ticket, rule, min(matching))
            facts, fired = _facts(session, ticket, changes), True
    return caused, fired


def fire(session: Session, ticket: Ticket, rule: Ready, trigger: str) -> list[Change]:
    """Carry out a rule's actions as the rule, write the run down, return what it changed."""
    actor = rule_actor(ticket.organization_id, rule.name)
    problems = [perform(session, actor, ticket, action) for action in rule.actions]
    caused = pending.take(session, ticket.id)
    session.add(
        RuleRun(
            id=new_id("run"),
            organization_id=ticket.organization_id,
            rule_id=rule.id,
            ticket_id=ticket.id,
            trigger=trigger,
            words="; ".join(change.words for change in caused if change.words)[:2000],
            problem=" ".join(filter(None, problems))[:2000],
        )
    )
    return caused


def _would_fire(
    session: Session, ticket: Ticket, rules: list[Ready], changes: list[Change]
) -> list[Ready]:
    found = triggers.of_changes(session, ticket, changes)
    facts = _facts(session, ticket, changes)
    return [rule for rule in rules if rule.triggers & found and rule.holds(facts)]


def _facts(session: Session, ticket: Ticket, changes: list[Change]) -> Facts:
    return Facts(
        ticket,
        clock.now(),
        reader(session, ticket),
        changes=triggers.together(changes),
        load_calendar=lambda: standard_calendar(session, ticket.organization_id),
    )
