"""Service levels outside of requests: mails about them, recomputing, the sweep itself."""

from datetime import timedelta

from sqlmodel import select

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import rows
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import service_levels
from ticketdesk.jobs.drain import drain
from ticketdesk.models import Ticket
from ticketdesk.services import ticket_settings
from ticketdesk.services.people import preferences
from ticketdesk.services.rules import manage as rules
from ticketdesk.services.rules.definition import RuleInput
from ticketdesk.services.sla import manage as policies
from ticketdesk.services.sla import recompute, sweep
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.services.tickets.assign import assign


def _promise(ada: Actor, **values: object) -> None:
    unit_of_work.as_actor(ada, ticket_settings.change, {"slaConfig": values})


def test_the_admins_hear_by_mail_of_what_is_due_soon_and_of_what_was_missed(
    mails: Mails, ada: Actor, grace: Actor, clock
) -> None:
    _promise(ada, firstResponseTime=60, warnMinutes=10)
    number = new_ticket(grace).ticket_number
    drain_all()
    before = len(mails())

    for minutes in (50, 10):
        clock.shift(timedelta(minutes=minutes))
        assert service_levels.sweep() == 1
        drain("mail.sla_warning")

    soon, missed = mails()[before:]
    assert soon["To"] == missed["To"] == "Ada Lovelace <ada@acme.example>"
    assert soon["Subject"].startswith(f"Due soon: ticket #{number}")
    assert missed["Subject"].startswith(f"Overdue: ticket #{number}")
    # Noon and an hour, in the organization's own zone.
    assert "2026-03-02 13:00 CET" in missed.as_string()


def test_a_warning_that_came_too_late_to_matter_is_not_sent(
    mails: Mails, ada: Actor, grace: Actor, clock
) -> None:
    _promise(ada, firstResponseTime=60, warnMinutes=10)
    ticket = new_ticket(grace)
    drain_all()
    clock.shift(timedelta(minutes=55))
    service_levels.sweep()
    reply(grace, ticket)
    before = len(mails())

    drain("mail.sla_warning")

    assert len(mails()) == before


def test_a_rules_notice_reaches_everybody_named_once(
    mails: Mails, ada: Actor, grace: Actor, clock
) -> None:
    rule = {
        "name": "Fire",
        "triggers": ["TICKET_CREATED"],
        "actions": [
            {
                "type": "NOTIFY",
                "to": ["admins", "ada@acme.example", "boss@acme.example"],
                "message": "Look <b>now</b>",
            }
        ],
    }
    unit_of_work.as_actor(ada, rules.create, RuleInput.parse(rule))
    new_ticket(grace)

    drain("mail.rule_notice")

    sent = mails()
    assert sorted(mail["To"] for mail in sent) == [
        "Ada Lovelace <ada@acme.example>",
        "boss@acme.example",
    ]
    assert all("Fire" in mail.as_string() for mail in sent)
    html = sent[0].get_body(("html",)).get_content()
    assert "Look &lt;b&gt;now&lt;/b&gt;" in html


def test_another_promise_recomputes_every_open_ticket_in_batches(
    mails: Mails, ada: Actor, grace: Actor, clock, monkeypatch
) -> None:
    monkeypatch.setattr(recompute, "BATCH", 2)
    for _ in range(5):
        new_ticket(grace)
    clock.shift(timedelta(minutes=5))

    _promise(ada, firstResponseTime=30)
    drain(recompute.SUBSCRIBER)

    assert {row.first_response_sla - row.created_at for row in rows(Ticket)} == {
        timedelta(minutes=30)
    }
    assert len({row.version for row in rows(Ticket)}) == 1


def test_a_new_policy_takes_over_the_open_tickets_it_is_for(
    mails: Mails, ada: Actor, grace: Actor, clock
) -> None:
    ticket = new_ticket(grace)
    policy = {"name": "All", "firstResponse": 15}

    made = unit_of_work.as_actor(ada, policies.create, PolicyInput.parse(policy))
    drain(recompute.SUBSCRIBER)

    (row,) = rows(Ticket)
    assert (row.id, row.sla_policy_id) == (ticket.id, made.id)
    assert row.first_response_sla - row.created_at == timedelta(minutes=15)
    assert row.resolution_sla is None


def test_a_sweep_goes_on_until_nothing_is_due(
    mails: Mails, cast, ada: Actor, grace: Actor, clock, monkeypatch
) -> None:
    _promise(ada, firstResponseTime=60, warnMinutes=10)
    for _ in range(5):
        new_ticket(grace)
    monkeypatch.setattr(sweep, "BATCH", 2)
    monkeypatch.setattr(sweep.sweep, "__defaults__", (2,))
    clock.shift(timedelta(hours=2))

    assert service_levels.sweep() == 5
    with db.tenant_session(cast.acme) as session:
        due = session.exec(select(Ticket.id).where(Ticket.next_sla_event_at <= Ticket.updated_at))
        assert due.all() == []


def test_the_assignee_hears_of_a_target_once_and_only_if_they_want_to(
    mails: Mails, ada: Actor, grace: Actor, linus: Actor, clock
) -> None:
    _promise(ada, firstResponseTime=60, warnMinutes=10)
    ticket = new_ticket(grace)
    unit_of_work.as_actor(grace, assign, ticket.id, linus.user_id)
    drain_all()
    before = len(mails())

    clock.shift(timedelta(minutes=50))
    service_levels.sweep()
    for subscriber in ("mail.sla_warning", "mail.notification"):
        drain(subscriber)
    (told,) = mails()[before:]
    assert told["To"] == "Linus Torvalds <linus@acme.example>"

    unit_of_work.as_actor(linus, preferences.save, {"mailOnTargets": False}, is_away=False)
    clock.shift(timedelta(minutes=10))
    assert service_levels.sweep() == 1
    for subscriber in ("mail.sla_warning", "mail.notification"):
        drain(subscriber)
    assert len(mails()) == before + 1
