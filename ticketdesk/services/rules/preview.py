"""What actions would change on a ticket, without doing anything."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.models import CannedResponse, Team, Ticket, User, Webhook
from ticketdesk.models.enums import TicketPriority, TicketStatus, UserRole
from ticketdesk.models.status import MOVES
from ticketdesk.models.wire import View
from ticketdesk.services.rules import action as kinds

_LADDER = [str(priority) for priority in TicketPriority]


class Planned(View):
    """One thing that would change: a field's values before and after, in JSON or in words."""

    field: str
    before: Any = None
    after: Any = None


class Preview:
    """Plans a rule's actions; names are looked up once for any number of tickets."""

    def __init__(
        self, session: Session, organization_id: str, actions: Iterable[kinds.Action]
    ) -> None:
        self._actions = list(actions)
        self._names = _names(session, organization_id)

    def of(self, ticket: Ticket) -> list[Planned]:
        """Return what would change, in the order of the actions; empty when nothing would."""
        planned = (_PLANS[action.type](ticket, action, self._names) for action in self._actions)
        return [one for one in planned if one and one.before != one.after]


Plan = Callable[[Ticket, Any, dict[str, str]], Planned | None]


def _names(session: Session, organization_id: str) -> dict[str, str]:
    queries = (
        select(User.id, User.name).where(
            User.organization_id == organization_id, col(User.role) != UserRole.CUSTOMER
        ),
        select(Team.id, Team.name).where(Team.organization_id == organization_id),
        select(Webhook.id, Webhook.url).where(Webhook.organization_id == organization_id),
        select(CannedResponse.id, CannedResponse.title).where(
            CannedResponse.organization_id == organization_id
        ),
    )
    return {key: name for query in queries for key, name in session.exec(query)}


def _to(field: str, read: Callable[[Ticket], Any], after: Callable[[Any, dict], Any]) -> Plan:
    def plan(ticket: Ticket, action: Any, names: dict[str, str]) -> Planned:
        return Planned(field=field, before=read(ticket), after=after(action, names))

    return plan


def _assignee(ticket: Ticket, names: dict[str, str]) -> str | None:
    return names.get(ticket.assigned_to_id, "?") if ticket.assigned_to_id else None


def _agent(ticket: Ticket, action: kinds.AssignToAgent, names: dict[str, str]) -> Planned:
    after = names.get(action.agent_id, action.agent_id)
    return Planned(field="assignedTo", before=_assignee(ticket, names), after=after)


def _pool(words: str) -> Plan:
    def plan(ticket: Ticket, action: Any, names: dict[str, str]) -> Planned:
        people = [names.get(one, one) for one in action.agent_ids]
        group = names.get(action.team_id or "", "") or ", ".join(people) or "all agents"
        return Planned(
            field="assignedTo", before=_assignee(ticket, names), after=f"{words} of {group}"
        )

    return plan


def _unassign(ticket: Ticket, action: kinds.Unassign, names: dict[str, str]) -> Planned:
    return Planned(field="assignedTo", before=_assignee(ticket, names), after=None)


def _move(ticket: Ticket, after: TicketStatus) -> Planned | None:
    before = TicketStatus(ticket.status)
    return Planned(field="status", before=before, after=after) if after in MOVES[before] else None


def _raise(ticket: Ticket, action: kinds.RaisePriority, names: dict[str, str]) -> Planned:
    before = str(ticket.priority)
    rank = min(_LADDER.index(before) + 1, len(_LADDER) - 1)
    return Planned(field="priority", before=before, after=_LADDER[rank])


def _field(ticket: Ticket, action: kinds.SetCustomField, names: dict[str, str]) -> Planned:
    before = ticket.custom_fields.get(action.key)
    return Planned(field=f"customFields.{action.key}", before=before, after=action.value)


def _tags(ticket: Ticket, after: Iterable[str]) -> Planned:
    return Planned(field="tags", before=list(ticket.tags), after=list(dict.fromkeys(after)))


_PLANS: dict[str, Plan] = {
    "ASSIGN_TO_AGENT": _agent,
    "ASSIGN_ROUND_ROBIN": _pool("the next"),
    "ASSIGN_LEAST_LOADED": _pool("the least loaded"),
    "UNASSIGN": _unassign,
    "SET_STATUS": lambda t, a, n: _move(t, a.status),
    "CLOSE": lambda t, a, n: _move(t, TicketStatus.CLOSED),
    "SET_PRIORITY": _to("priority", lambda t: str(t.priority), lambda a, n: str(a.priority)),
    "RAISE_PRIORITY": _raise,
    "SET_CATEGORY": _to("category", lambda t: t.category, lambda a, n: a.category),
    "SET_CUSTOM_FIELD": _field,
    "ADD_TAGS": lambda t, a, n: _tags(t, [*t.tags, *a.tags]),
    "REMOVE_TAGS": lambda t, a, n: _tags(t, (one for one in t.tags if one not in a.tags)),
    "SEND_CANNED_RESPONSE": _to(
        "reply", lambda t: None, lambda a, n: n.get(a.canned_response_id, a.canned_response_id)
    ),
    "ADD_NOTE": _to("note", lambda t: None, lambda a, n: a.content),
    "WEBHOOK": _to("webhook", lambda t: None, lambda a, n: n.get(a.webhook_id, a.webhook_id)),
    "NOTIFY": _to("mail", lambda t: None, lambda a, n: ", ".join(a.to)),
}
