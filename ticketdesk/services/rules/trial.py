"""Trying a rule on the past: which tickets it would have touched, and what would have changed.

The history is read backwards in bounded steps; each ticket is judged as it stood when the rule's
trigger happened. Nothing is written.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, UserRole
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.ticket_settings import Line
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.rules import triggers
from ticketdesk.services.rules.definition import RuleDefinition
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.judge import ready
from ticketdesk.services.rules.past import Conversations, events_of, history_of
from ticketdesk.services.rules.preview import Planned, Preview
from ticketdesk.services.rules.references import require_references
from ticketdesk.services.rules.scheduled import ANCHORS
from ticketdesk.services.sla.policies import standard_calendar

_STEP = 500
_MOST_TICKETS = 20_000
_SHOWN = 100
_PATIENCE = timedelta(seconds=10)


class TrialInput(RuleDefinition):
    """A rule to try, saved or not; its name and whether it is on do not matter."""

    name: Line = "A rule"
    is_active: bool = True
    days: Annotated[int, Field(ge=1, le=90)] = 90


class Touched(View):
    """A ticket that the rule would have touched: when last, how often, and what then."""

    ticket_id: str
    ticket_number: int
    subject: str
    at: Moment
    times: int
    changes: list[Planned]


class Trial(View):
    """What would have happened.

    `matched` counts tickets, `tickets` shows the newest 100 of them. `is_capped` says that the
    trial stopped early; it then covers the time since `since` only.
    """

    matched: int
    looked_at: int
    since: Moment
    is_capped: bool
    tickets: list[Touched]


def try_rule(session: Session, actor: Actor, command: TrialInput) -> Trial:
    """Judge the past by a rule.

    Raises:
        Invalid: it names agents, teams, texts or fields that are not there.
    """
    actor.require(UserRole.ADMIN, writes=False)
    require_references(session, actor.organization_id, command.conditions, command.actions)
    return _Trial(session, actor.organization_id, command).run()


class _Trial:
    """One trial under way."""

    def __init__(self, session: Session, organization_id: str, command: TrialInput) -> None:
        self._session = session
        self._organization = organization_id
        self._rule = command
        self._holds = ready(command.conditions)
        self._preview = Preview(session, organization_id, command.actions)
        self._calendar = standard_calendar(session, organization_id)
        self._began = clock.now()
        self._since = self._began - timedelta(days=command.days)
        self._touched: dict[str, Touched] = {}
        self._looked_at = 0

    def run(self) -> Trial:
        reached, capped = self._since, False
        for tickets, moment in self._steps():
            self._look(tickets)
            too_long = clock.now() - self._began > _PATIENCE
            if too_long or self._looked_at >= _MOST_TICKETS:
                reached, capped = max(moment, self._since), True
                break
        newest = sorted(self._touched.values(), key=lambda one: one.at, reverse=True)
        return Trial(
            matched=len(newest),
            looked_at=self._looked_at,
            since=reached,
            is_capped=capped,
            tickets=newest[:_SHOWN],
        )

    def _steps(self) -> Iterator[tuple[list[Ticket], datetime]]:
        """Yield tickets that were touched in the period, most recently changed first."""
        anchor, oldest = Ticket.updated_at, self._since
        if self._rule.passed:
            anchor = ANCHORS[self._rule.passed.since]
            oldest -= timedelta(hours=self._rule.passed.hours)
        place: tuple[datetime, str] | None = None
        while True:
            query = select(Ticket).where(
                Ticket.organization_id == self._organization, col(anchor) >= oldest
            )
            if place:
                query = query.where(tuple_(col(anchor), col(Ticket.id)) < tuple_(*place))
            ordered = query.order_by(col(anchor).desc(), col(Ticket.id).desc()).limit(_STEP)
            tickets = list(self._session.exec(ordered))
            if not tickets:
                return
            place = (getattr(tickets[-1], anchor.key), tickets[-1].id)
            yield tickets, place[0]

    def _look(self, tickets: list[Ticket]) -> None:
        self._looked_at += len(tickets)
        conversations = Conversations(self._session, tickets)
        history = history_of(self._session, tickets, self._since)
        authors = self._authors(history) if _asks_who(self._rule) else {}
        for ticket in tickets:
            if self._rule.is_scheduled:
                self._look_at_schedule(ticket, conversations, history[ticket.id])
                continue
            for event in events_of(ticket, history[ticket.id]):
                kind = A(event.activity.activity_type)
                author = authors.get(event.activity.response_id or "")
                if not set(triggers.of_kind(kind, event.changes, author)) & set(
                    self._rule.triggers
                ):
                    continue
                at = event.activity.created_at
                facts = Facts(
                    event.ticket,
                    at,
                    lambda t=event.ticket, at=at: conversations.at(t, at, history[t.id]),
                    changes=event.changes,
                    load_calendar=lambda: self._calendar,
                )
                self._judge(facts)

    def _look_at_schedule(
        self, ticket: Ticket, conversations: Conversations, history: list[TicketActivity]
    ) -> None:
        passed = self._rule.passed
        assert passed is not None
        at = getattr(ticket, ANCHORS[passed.since].key) + timedelta(hours=passed.hours)
        if at <= self._began:
            self._judge(
                Facts(
                    ticket,
                    at,
                    lambda: conversations.at(ticket, at, history),
                    load_calendar=lambda: self._calendar,
                )
            )

    def _judge(self, facts: Facts) -> None:
        if not self._holds(facts):
            return
        planned = self._preview.of(facts.ticket)
        if not planned:
            return
        known = self._touched.get(facts.ticket.id)
        self._touched[facts.ticket.id] = Touched(
            ticket_id=facts.ticket.id,
            ticket_number=facts.ticket.ticket_number,
            subject=facts.ticket.subject,
            at=known.at if known else facts.now,
            times=known.times + 1 if known else 1,
            changes=known.changes if known else planned,
        )

    def _authors(self, history: dict[str, list[TicketActivity]]) -> dict[str, ResponseAuthorType]:
        ids = [row.response_id for rows in history.values() for row in rows if row.response_id]
        rows = self._session.exec(
            select(TicketResponse.id, TicketResponse.author_type).where(
                col(TicketResponse.id).in_(ids)
            )
        )
        return {key: ResponseAuthorType(author) for key, author in rows}


def _asks_who(rule: RuleDefinition) -> bool:
    return bool({"CUSTOMER_RESPONDED", "AGENT_RESPONDED"} & set(rule.triggers))
