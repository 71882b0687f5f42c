"""Rules as the tests make them, and the history they leave."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Rule, Ticket, TicketActivity
from ticketdesk.services.rules import manage
from ticketdesk.services.rules.definition import RuleInput
from ticketdesk.services.rules.views import RuleView


def make_rule(session: Session, admin: Actor, name: str = "A rule", **values: Any) -> RuleView:
    """Make a rule that is on (camelCase keys); triggered by a new ticket unless said otherwise."""
    standing = {
        "name": name,
        "triggers": ["TICKET_CREATED"],
        "actions": [{"type": "ADD_TAGS", "tags": [name.lower()]}],
    }
    return manage.create(session, admin, RuleInput.parse(standing | values))


def asks(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    """One comparison as it is written in a rule."""
    return {"field": field, "operator": operator, "value": value}


def by_rules(session: Session, ticket: Ticket) -> list[tuple[str, str]]:
    """Who changed what by rule: (rule, words), in order."""
    rows = session.exec(
        select(TicketActivity)
        .where(TicketActivity.ticket_id == ticket.id, TicketActivity.performed_by_kind == "RULE")
        .order_by(col(TicketActivity.id))
    )
    return [(row.performed_by_name, row.description) for row in rows]


def row_of(session: Session, rule: RuleView) -> Rule:
    """The rule's row, as it is now."""
    return session.exec(
        select(Rule).where(Rule.id == rule.id).execution_options(populate_existing=True)
    ).one()
