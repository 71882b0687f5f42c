"""Rules to start from: the specification's own, filled with what the organization has."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import CannedResponse, Team
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services import ticket_settings

_WEEK = 168


class StarterView(View):
    """A rule to begin with: `rule` is the body of a new one, still off.

    `needs` says what has to be made first, or is ''.
    """

    key: str
    title: str
    explanation: str
    needs: str
    rule: dict[str, Any]


def list_starters(session: Session, actor: Actor) -> list[StarterView]:
    """Return the starter rules in the order in which most desks want them."""
    actor.require(UserRole.AGENT, writes=False)
    categories = ticket_settings.of(session, actor.organization_id).embed_config.categories
    team_id = session.exec(
        select(Team.id)
        .where(Team.organization_id == actor.organization_id)
        .order_by(col(Team.name))
        .limit(1)
    ).first()
    canned_id = session.exec(
        select(CannedResponse.id)
        .where(
            CannedResponse.organization_id == actor.organization_id,
            col(CannedResponse.owner_id).is_(None),
        )
        .order_by(col(CannedResponse.title))
        .limit(1)
    ).first()
    return [
        _by_category(categories[0] if categories else "Billing", team_id),
        _by_keyword(),
        _answer(canned_id),
        _close(),
        _escalate(),
    ]


def _all(*tests: tuple[str, str, Any]) -> dict[str, Any]:
    return {
        "all": [
            {"field": field, "operator": operator, "value": value}
            for field, operator, value in tests
        ]
    }


def _by_category(category: str, team_id: str | None) -> StarterView:
    return StarterView(
        key="assign-by-category",
        title="Assign by category",
        explanation="Share new tickets of one category among those who know about it.",
        needs="",
        rule={
            "name": f"Assign {category}",
            "isActive": False,
            "triggers": ["TICKET_CREATED"],
            "conditions": _all(("category", "IS", category), ("assignee", "IS_NOT_SET", None)),
            "actions": [{"type": "ASSIGN_ROUND_ROBIN", "agentIds": [], "teamId": team_id}],
        },
    )


def _by_keyword() -> StarterView:
    words = ["refund", "chargeback", "money back"]
    return StarterView(
        key="tag-by-keyword",
        title="Tag by keyword",
        explanation="Tag tickets whose words give away what they are about.",
        needs="",
        rule={
            "name": "Tag refunds",
            "isActive": False,
            "triggers": ["TICKET_CREATED", "CUSTOMER_RESPONDED"],
            "conditions": {
                "any": [
                    {"field": field, "operator": "MATCHES_ANY_WORD", "value": words}
                    for field in ("subject", "latestMessage")
                ]
            },
            "actions": [{"type": "ADD_TAGS", "tags": ["refund"]}],
        },
    )


def _answer(canned_id: str | None) -> StarterView:
    return StarterView(
        key="answer-common-issues",
        title="Answer common issues",
        explanation="Send a canned response at once when the question is a known one.",
        needs="" if canned_id else "Write a shared canned response first.",
        rule={
            "name": "Answer password questions",
            "isActive": False,
            "triggers": ["TICKET_CREATED"],
            "conditions": {
                "any": [
                    {"field": field, "operator": "CONTAINS", "value": "password"}
                    for field in ("subject", "description")
                ]
            },
            "actions": [{"type": "SEND_CANNED_RESPONSE", "cannedResponseId": canned_id or ""}],
        },
    )


def _close() -> StarterView:
    return StarterView(
        key="close-resolved",
        title="Close what stays resolved",
        explanation="Close tickets that have been resolved for seven days.",
        needs="",
        rule={
            "name": "Close after 7 days",
            "isActive": False,
            "triggers": ["TIME_PASSED"],
            "passed": {"hours": _WEEK, "since": "STATUS_CHANGED"},
            "conditions": _all(("status", "IS", "RESOLVED")),
            "actions": [{"type": "CLOSE"}],
        },
    )


def _escalate() -> StarterView:
    return StarterView(
        key="escalate-on-breach",
        title="Escalate on breach",
        explanation="Raise the priority of a ticket that missed its target and tell the admins.",
        needs="",
        rule={
            "name": "Escalate on breach",
            "isActive": False,
            "triggers": ["SLA_BREACHED"],
            "conditions": {},
            "actions": [
                {"type": "RAISE_PRIORITY"},
                {"type": "NOTIFY", "to": ["admins"], "message": "A target was missed."},
            ],
        },
    )
