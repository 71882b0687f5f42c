"""What two hundred rules cost a change that sets them off, and a scheduled rule with much to do."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sqlmodel import Session, col, select, update

from bench import timing
from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_most
from ticketdesk import clock, unit_of_work
from ticketdesk.actor import Actor, system_actor
from ticketdesk.ids import new_id
from ticketdesk.models import Rule, Ticket
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.rules import engine, pending, scheduled
from ticketdesk.services.rules.definition import RuleDefinition
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update as change

RULES = 200
RUNS = 200
MATCHING = 100_000


def run(installation: Installation) -> Iterable[Result]:
    """Judge a change by 200 rules; then let a scheduled rule close 100,000 beside an agent."""
    sized = next(reversed(installation.sizes.values()))
    installation.use(sized.database)
    ticket_id = unit_of_work.as_actor(agent(sized), _newest)
    with _rules(sized):
        for _ in range(20):
            unit_of_work.as_actor(agent(sized), _judge, ticket_id)
        found = timing.of(
            unit_of_work.as_actor(agent(sized), _judge, ticket_id) for _ in range(RUNS)
        )
    yield at_most(f"judging a change by {RULES} rules", found.median, 5, "ms", found.facts())
    yield from _scheduled(installation, sized)


def _newest(session: Session, actor: Actor) -> str:
    return session.exec(
        select(Ticket.id)
        .where(Ticket.organization_id == actor.organization_id)
        .order_by(col(Ticket.created_at).desc())
        .limit(1)
    ).one()


def _judge(session: Session, actor: Actor, ticket_id: str) -> float:
    """Return the milliseconds from the change to the last rule's verdict, reading them included."""
    ticket = session.exec(select(Ticket).where(Ticket.id == ticket_id)).one()
    kind, both = TicketActivityType.PRIORITY_CHANGED, {"priority": ("LOW", "HIGH")}
    pending.collect(session, ticket.id, pending.Change(kind, changes=both))
    began = perf_counter()
    engine.after_change(session, ticket)
    return (perf_counter() - began) * 1000


@contextmanager
def _rules(sized: Sized) -> Iterator[None]:
    ids = unit_of_work.as_actor(system_actor(sized.organization_id), _make_rules)
    yield
    unit_of_work.as_actor(system_actor(sized.organization_id), _remove, ids)


def _make_rules(session: Session, actor: Actor) -> list[str]:
    """Rules like people write them: a few words, a status, a nested group; none of them holds."""
    rows = []
    for number in range(RULES):
        words = [f"word{number}x{index}" for index in range(8)]
        rows.append(
            _row(
                actor,
                number,
                {
                    "triggers": ["TICKET_CREATED", "TICKET_UPDATED"],
                    "conditions": {
                        "all": [
                            {"field": "status", "operator": "IS_NOT", "value": "CANCELLED"},
                            {
                                "any": [
                                    {
                                        "field": field,
                                        "operator": "MATCHES_ANY_WORD",
                                        "value": words,
                                    }
                                    for field in ("subject", "description", "latestMessage")
                                ]
                            },
                        ]
                    },
                    "actions": [{"type": "ADD_TAGS", "tags": ["x"]}],
                },
            )
        )
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _row(actor: Actor, number: int, values: dict[str, Any]) -> Rule:
    definition = RuleDefinition.parse(values)
    return Rule(
        id=new_id("rule"),
        organization_id=actor.organization_id,
        name=f"Rule {number}",
        position=number,
        is_active=True,
        definition=definition.model_dump(mode="json", by_alias=True),
        is_scheduled=definition.is_scheduled,
    )


def _remove(session: Session, actor: Actor, ids: list[str]) -> None:
    for row in session.exec(select(Rule).where(col(Rule.id).in_(ids))):
        session.delete(row)


def _scheduled(installation: Installation, sized: Sized) -> Iterable[Result]:
    """Let batches run for a while, and measure an agent's change of one of the tickets between."""
    count = installation.scaled(MATCHING)
    rule_id = unit_of_work.as_actor(system_actor(sized.organization_id), _make_matching, count)
    ticket_id = unit_of_work.as_actor(agent(sized), _newest)
    batches, waits = [], []
    for number in range(40):
        began = perf_counter()
        unit_of_work.as_system(sized.organization_id, scheduled.run_batch, rule_id)
        batches.append((perf_counter() - began) * 1000)
        began = perf_counter()
        command = UpdateTicket(subject=f"Changed beside a rule {number}")
        unit_of_work.as_actor(agent(sized), change, ticket_id, command)
        waits.append((perf_counter() - began) * 1000)
    unit_of_work.as_actor(system_actor(sized.organization_id), _remove, [rule_id])
    done, agents = timing.of(batches), timing.of(waits)
    rate = scheduled.BATCH / done.median * 1000
    yield Result("tickets closed by a scheduled rule", rate, "per s", details=done.facts())
    yield at_most(
        f"longest hold of a ticket by a rule that matches {count:,}",
        done.p95, 1000, "ms", {"batch": done.facts(), "agentsChange": agents.facts()},
    )  # fmt: skip


def _make_matching(session: Session, actor: Actor, count: int) -> str:
    newest = (
        select(Ticket.id)
        .where(Ticket.organization_id == actor.organization_id)
        .order_by(col(Ticket.created_at).desc())
        .offset(1)
        .limit(count)
    )
    session.exec(
        update(Ticket)
        .where(col(Ticket.id).in_(newest))
        .values(status="RESOLVED", status_changed_at=clock.now().replace(month=1, day=2))
    )
    values = {
        "triggers": ["TIME_PASSED"],
        "passed": {"hours": 168, "since": "STATUS_CHANGED"},
        "conditions": {"all": [{"field": "status", "operator": "IS", "value": "RESOLVED"}]},
        "actions": [{"type": "CLOSE"}],
    }
    row = _row(actor, 0, values)
    row.seen_until = clock.now().replace(month=1, day=5)
    session.add(row)
    session.flush()
    return row.id
