"""Several sweepers, one that dies, and two organizations in one sweep."""

from datetime import timedelta

from sqlmodel import col, select

from tests.services.sla.desk import open_ticket, promise, told
from ticketdesk import db
from ticketdesk.models import (
    SlaEvent,
    TicketActivity,
    Webhook,
    WebhookDelivery,
)
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services.sla.sweep import sweep


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
        assert told(session, ticket) == ["BREACHED FIRST_RESPONSE"]


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
