"""Warnings, breaches and escalations: told in time, exactly once (semantics.md, SLA)."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.services.sla.desk import OFFICE, berlin, move, open_ticket, promise, say
from ticketdesk import db
from ticketdesk.models import (
    OutboxEvent,
    SlaEvent,
    SlaPolicy,
    Ticket,
    TicketActivity,
    Webhook,
    WebhookDelivery,
)
from ticketdesk.models.enums import SlaState, TicketPriority
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services.sla import policies
from ticketdesk.services.sla.sweep import sweep

_TOLD = (A.SLA_WARNED, A.SLA_BREACHED, A.SLA_ESCALATED)


@pytest.fixture
def office(session, ada, clock) -> None:
    promise(
        session,
        ada,
        businessHours=OFFICE,
        firstResponseTime=120,
        resolutionTime={"medium": 960},
        warnMinutes=30,
    )


def _told(session: Session, ticket: Ticket) -> list[str]:
    rows = session.exec(
        select(TicketActivity)
        .where(TicketActivity.ticket_id == ticket.id, col(TicketActivity.activity_type).in_(_TOLD))
        .order_by(col(TicketActivity.created_at), col(TicketActivity.id))
    )
    return [
        f"{row.activity_type.removeprefix('SLA_')} {row.changes['sla']['after']['target']}"
        for row in rows
    ]


def test_nothing_is_told_before_its_time(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T14:29"))

    assert sweep(session) == 0
    assert _told(session, ticket) == []


def test_a_warning_and_a_breach_are_told_once_each(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    for moment in ("14:30", "14:45", "15:00", "15:10", "15:20"):
        clock.move_to(berlin(f"2026-03-02T{moment}"))
        sweep(session)

    assert _told(session, ticket) == ["WARNED FIRST_RESPONSE", "BREACHED FIRST_RESPONSE"]
    assert ticket.sla_state == SlaState.BREACHED


def test_the_sweeper_reads_nothing_once_everything_is_told(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.shift(timedelta(days=30))
    sweep(session)

    assert ticket.next_sla_event_at is None
    assert sweep(session) == 0


def test_a_breach_that_came_before_anybody_looked_needs_no_warning(
    session, grace, office, clock
) -> None:
    ticket = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T16:00"))

    sweep(session)

    assert _told(session, ticket) == ["BREACHED FIRST_RESPONSE"]


def test_an_answered_ticket_is_not_warned_about(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.move_to(berlin("2026-03-02T15:30"))

    assert sweep(session) == 0
    assert _told(session, ticket) == []


def test_a_paused_ticket_is_not_warned_about(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.shift(timedelta(days=30))

    assert sweep(session) == 0


def test_a_warning_is_not_repeated_when_the_due_time_moves(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.move_to(berlin("2026-03-04T11:40"))
    sweep(session)
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.move_to(berlin("2026-03-05T11:40"))
    move(session, grace, ticket, "OPEN")
    clock.move_to(berlin("2026-03-05T11:50"))
    sweep(session)

    assert _told(session, ticket) == ["WARNED RESOLUTION"]


def test_the_assignee_is_promised_a_mail_or_else_the_admins(session, grace, office, clock) -> None:
    mine = open_ticket(session, grace, assignedToId=grace.user_id)
    nobodys = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T14:30"))
    sweep(session)

    promises = session.exec(
        select(OutboxEvent.payload).where(OutboxEvent.subscriber == "mail.sla_warning")
    ).all()
    assert {promise["ticketId"]: promise["to"] for promise in promises} == {
        mine.id: "grace@acme.example",
        nobodys.id: "ada@acme.example",
    }


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

    assert Counter(_told(session, ticket))["ESCALATED FIRST_RESPONSE"] == 1
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

    assert _told(session, ticket) == ["BREACHED NEXT_RESPONSE"] * 2


def test_a_ticket_that_cannot_be_told_about_does_not_hold_up_the_others(
    session, grace, office, clock, monkeypatch
) -> None:
    bad, good = open_ticket(session, grace), open_ticket(session, grace)
    from ticketdesk.services.sla import sweep as module

    real = module.tell
    monkeypatch.setattr(
        module, "tell", lambda s, ticket: 1 / 0 if ticket.id == bad.id else real(s, ticket)
    )
    clock.move_to(berlin("2026-03-02T15:00"))

    sweep(session)

    session.refresh(bad)
    assert bad.next_sla_event_at == berlin("2026-03-02T15:10")
    assert _told(session, good) == ["BREACHED FIRST_RESPONSE"]


def test_two_sweepers_at_once_tell_everything_once(database, cast, ada, grace, clock) -> None:
    with db.tenant_session(cast.acme) as session:
        promise(session, ada, firstResponseTime=60, warnMinutes=10)
        tickets = [open_ticket(session, grace).id for _ in range(6)]
        session.commit()
    clock.shift(timedelta(hours=2))

    with db.system_session() as first, db.system_session() as second:
        seen = sweep(first, 4), sweep(second, 4)
        second.commit()
        first.commit()
        third = sweep(first)
        first.commit()

    assert (seen, third) == ((4, 2), 0)
    with db.tenant_session(cast.acme) as session:
        told = session.exec(select(SlaEvent.ticket_id).where(SlaEvent.kind == "BREACHED")).all()
        lines = session.exec(
            select(TicketActivity.ticket_id).where(TicketActivity.activity_type == A.SLA_BREACHED)
        ).all()
    assert sorted(told) == sorted(lines) == sorted(tickets)


def test_a_sweeper_that_dies_before_its_commit_loses_and_repeats_nothing(
    database, cast, ada, grace, clock
) -> None:
    with db.tenant_session(cast.acme) as session:
        promise(session, ada, firstResponseTime=60, warnMinutes=10)
        ticket = open_ticket(session, grace)
        session.commit()
    clock.shift(timedelta(hours=2))

    with db.system_session() as dying:
        assert sweep(dying) == 1
        dying.rollback()
    with db.system_session() as next_one:
        assert sweep(next_one) == 1
        next_one.commit()

    with db.tenant_session(cast.acme) as session:
        assert _told(session, ticket) == ["BREACHED FIRST_RESPONSE"]


def test_one_sweep_over_two_organizations_keeps_their_webhooks_apart(
    database, cast, ada, bo, clock
) -> None:
    for admin in (ada, bo):
        with db.tenant_session(admin.organization_id) as session:
            promise(session, admin, firstResponseTime=60, warnMinutes=10)
            session.add(
                Webhook(
                    id=f"hook_{admin.organization_id}",
                    organization_id=admin.organization_id,
                    url="https://hooks.example/in",
                    sealed_secret="sealed",
                )
            )
            session.flush()
            open_ticket(session, admin)
            session.commit()
    clock.shift(timedelta(hours=2))

    with db.system_session() as session:
        assert sweep(session) == 2
        session.commit()
        told = session.exec(
            select(WebhookDelivery.organization_id, WebhookDelivery.webhook_id).where(
                col(WebhookDelivery.body)["activity"]["activityType"].astext == "SLA_BREACHED"
            )
        ).all()

    assert sorted(told) == sorted(
        (organization, f"hook_{organization}") for organization in (cast.acme, cast.globex)
    )
