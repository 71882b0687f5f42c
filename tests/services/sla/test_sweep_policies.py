"""What a policy adds: whose promise holds, escalations, the next response."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.sla.desk import berlin, open_ticket, say, told
from ticketdesk.models import (
    SlaPolicy,
    TicketActivity,
)
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketPriority
from ticketdesk.services.sla import policies
from ticketdesk.services.sla.sweep import sweep


@pytest.fixture
def gold(session, cast, office) -> SlaPolicy:
    """A policy for tickets tagged vip that escalates an hour after a breach."""
    policy = SlaPolicy(
        id="slap_gold",
        organization_id=cast.acme,
        name="Gold",
        definition={
            "conditions": {"all": [{"field": "tags", "operator": "CONTAINS", "value": "vip"}]},
            "firstResponse": 60,
            "resolution": {"medium": 480},
            "warnPercent": 50,
            "escalations": [
                {
                    "id": "late",
                    "target": "FIRST_RESPONSE",
                    "afterMinutes": 60,
                    "actions": [
                        {"type": "RAISE_PRIORITY"},
                        {"type": "ADD_TAGS", "tags": ["escalated"]},
                        {"type": "ASSIGN_TO_AGENT", "agentId": "user_gone"},
                        {"type": "NOTIFY", "to": ["admins"], "message": "Please look"},
                    ],
                }
            ],
        },
    )
    session.add(policy)
    session.flush()
    policies.forget(session)
    return policy


def test_the_first_policy_whose_conditions_hold_wins(session, grace, gold, clock) -> None:
    vip = open_ticket(session, grace, tags=["vip"])
    plain = open_ticket(session, grace)

    assert (vip.sla_policy_id, vip.first_response_sla) == (gold.id, berlin("2026-03-02T14:00"))
    assert (plain.sla_policy_id, plain.first_response_sla) == (None, berlin("2026-03-02T15:00"))
    assert vip.sla_warn_at == berlin("2026-03-02T13:30")


def test_an_escalation_acts_once_in_the_policys_name_and_outlives_a_deleted_agent(
    session, grace, gold, clock
) -> None:
    ticket = open_ticket(session, grace, tags=["vip"])
    for moment in ("14:59", "15:00", "15:01", "16:00"):
        clock.move_to(berlin(f"2026-03-02T{moment}"))
        sweep(session)
        sweep(session)

    assert Counter(told(session, ticket))["ESCALATED FIRST_RESPONSE"] == 1
    assert ticket.priority == TicketPriority.HIGH
    assert ticket.tags == ["vip", "escalated"]
    raised = session.exec(
        select(TicketActivity).where(TicketActivity.activity_type == A.PRIORITY_CHANGED)
    ).one()
    assert (raised.performed_by_kind, raised.performed_by_name) == ("RULE", "Gold (service level)")


def test_each_unanswered_message_has_its_own_next_response(
    session, cast, grace, jane, office, clock
) -> None:
    session.add(
        SlaPolicy(
            id="slap_next",
            organization_id=cast.acme,
            name="Next",
            definition={"nextResponse": 60, "warnMinutes": 10},
        )
    )
    session.flush()
    policies.forget(session)
    ticket = open_ticket(session, jane)
    say(session, grace, ticket, "Hello")
    assert ticket.next_response_sla is None

    for hour in (13, 15):
        clock.move_to(berlin(f"2026-03-02T{hour}:00"))
        say(session, jane, ticket, "And now?")
        clock.shift(timedelta(minutes=5))
        say(session, jane, ticket, "Hello?")
        assert ticket.next_response_sla == berlin(f"2026-03-02T{hour + 1}:00")
        clock.move_to(berlin(f"2026-03-02T{hour + 1}:00"))
        sweep(session)
        say(session, grace, ticket, "Now")
        assert ticket.next_response_sla is None

    assert told(session, ticket) == ["BREACHED NEXT_RESPONSE"] * 2
