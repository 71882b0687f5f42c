"""Acme's promises, and what the clock has already told about the demo's tickets."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ticketdesk.demo.desk import Desk, doer, note_change
from ticketdesk.models import SlaEvent, SlaPolicy, Ticket
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.services.sla.moments import BREACHED, WARNED, Moment, moments_of
from ticketdesk.services.sla.refresh import refresh

_WORDS = {"FIRST_RESPONSE": "first response", "NEXT_RESPONSE": "next response"}
_KINDS = {WARNED: (A.SLA_WARNED, "is due soon"), BREACHED: (A.SLA_BREACHED, "is overdue")}

# Everybody else has what the organization's settings promise, so that changing those shows.
POLICIES: tuple[dict[str, Any], ...] = (
    {
        "name": "Urgent, day and night",
        "conditions": {
            "all": [{"field": "priority", "operator": "IN", "value": ["URGENT", "CRITICAL"]}]
        },
        "first_response": {"urgent": 90, "critical": 30},
        "resolution": {"urgent": 480, "critical": 240},
        "hours": "ROUND_THE_CLOCK",
        "warn_percent": 75,
        "escalations": [
            {
                "id": "tell-admins",
                "target": "FIRST_RESPONSE",
                "after_minutes": 15,
                "actions": [{"type": "NOTIFY", "to": ["admins"]}],
            }
        ],
    },
    {
        "name": "Big customers",
        "conditions": {
            "all": [
                {
                    "field": "requesterDomain",
                    "operator": "IN",
                    "value": ["clinicsupply.example", "fjordsport.example"],
                }
            ]
        },
        "first_response": {"low": 480, "medium": 240, "high": 120},
        "next_response": {"low": 960, "medium": 480, "high": 240},
        "resolution": {"low": 4800, "medium": 2400, "high": 960},
        "hours": "ORGANIZATION",
        "warn_minutes": 60,
    },
)


def promise(desk: Desk, since: datetime) -> list[SlaPolicy]:
    """Return the organization's policies as rows, in their order."""
    rows = []
    for position, written in enumerate(POLICIES):
        policy = PolicyInput.model_validate(written)
        definition = policy.model_dump(mode="json", by_alias=True, exclude={"name", "is_active"})
        rows.append(
            SlaPolicy(
                id=desk.identifiers.new("sla", since),
                organization_id=desk.organization.id,
                name=policy.name,
                position=position,
                definition=definition,
                created_at=since,
                updated_at=since,
            )
        )
    return rows


def set_clocks(session: Session, desk: Desk) -> list[SlaEvent]:
    """Set every ticket's due times and state, and tell what lies behind.

    Returns:
        A row for each warning, breach and escalation that has happened, so that the sweeper does
        not make it happen again.
    """
    events: list[SlaEvent] = []
    now = desk.timetable.now
    for ticket in desk.tickets:
        ahead = []
        for target in refresh(session, ticket):
            over = min(target.stopped_at or now, now)
            for moment in moments_of(target):
                if moment.at < over:
                    events.append(_tell(desk, ticket, moment))
                elif target.is_running:
                    ahead.append(moment.at)
        ticket.next_sla_event_at = min(ahead, default=None)
    return events


def _tell(desk: Desk, ticket: Ticket, moment: Moment) -> SlaEvent:
    if moment.kind in _KINDS:
        kind, words = _KINDS[moment.kind]
        subject = _WORDS.get(moment.target.kind, "resolution")
        desk_itself = doer(desk, "desk", "", "")
        note_change(desk, ticket, desk_itself, moment.at, kind, f"The {subject} {words}")
    return SlaEvent(
        id=desk.identifiers.new("slaev", moment.at),
        organization_id=desk.organization.id,
        ticket_id=ticket.id,
        target=moment.target.kind,
        occurrence=moment.target.occurrence,
        kind=moment.kind,
        step=moment.step,
        due_at=moment.target.due,
        created_at=moment.at,
    )
