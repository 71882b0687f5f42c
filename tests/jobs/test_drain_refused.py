"""A mail that does not go out is tried again, or said to have failed."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from sqlmodel import select

from tests.jobs.test_drain import Mails, drain_all, new_ticket, outbox_rows, reply
from ticketdesk import db, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.console import ConsoleProvider
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.jobs.drain import drain
from ticketdesk.models import (
    Organization,
    TicketActivity,
    TicketResponse,
)


class Refusing(ConsoleProvider):
    """A provider that refuses as told."""

    failure: DeliveryFailed | None = None

    def deliver(self, mail):
        if Refusing.failure:
            raise Refusing.failure
        return super().deliver(mail)


@pytest.fixture
def refusing(outbox_folder: Path, monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    from ticketdesk.services.mail import providers

    monkeypatch.setattr(providers, "ConsoleProvider", Refusing)
    monkeypatch.setattr(Refusing, "failure", None)
    return Refusing


def test_a_failed_mail_is_tried_with_growing_waits_and_then_given_up_visibly(
    refusing: type[Refusing], mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    response = reply(grace, ticket).response
    refusing.failure = DeliveryFailed("451 come back later", permanent=False)
    clock.shift(timedelta(seconds=11))
    waits = []
    for _ in range(outbox.TRIES):
        drain_all()
        (row,) = outbox_rows("mail.ticket_response")
        waits.append(row.available_at)
        clock.move_to(row.available_at + timedelta(seconds=1))
    steps = [later - earlier for earlier, later in pairwise(waits[:-1])]
    assert steps == sorted(steps)
    assert outbox_rows("mail.ticket_response")[0].failed_at
    with db.system_session() as session:
        failed = session.get(TicketResponse, response.id)
        told = session.exec(
            select(TicketActivity).where(TicketActivity.activity_type == "MAIL_FAILED")
        ).all()
    assert failed.mail_error == "451 come back later"
    assert not failed.is_email_sent
    assert len(told) == 1


def test_a_refusal_for_good_is_not_repeated_and_can_be_sent_again_by_hand(
    refusing: type[Refusing], mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    refusing.failure = DeliveryFailed("550 no such user", permanent=True)
    new_ticket(grace)
    drain_all()
    row = outbox_rows()[0]
    assert row.failed_at
    assert row.attempts == 1
    refusing.failure = None
    unit_of_work.across(outbox.retry, row.id)
    drain_all()
    assert len(mails()) == 1
    assert outbox_rows()[0].done_at


def test_an_unreachable_server_costs_one_try_and_the_rest_waits(
    refusing: type[Refusing], mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        new_ticket(grace)
    refusing.failure = DeliveryFailed("connection refused", permanent=False, for_all=True)
    drain("mail.ticket_created")
    assert sorted(row.attempts for row in outbox_rows()) == [0, 0, 0, 0, 1]
    refusing.failure = None
    clock.shift(timedelta(minutes=2))
    drain("mail.ticket_created")
    assert len(mails()) == 5


def test_a_template_that_breaks_on_this_ticket_does_not_keep_the_customer_waiting(
    mails: Mails, grace: Actor
) -> None:
    def break_template(session) -> None:
        row = session.get(Organization, grace.organization_id)
        broken = {"created": {"text": "{{ nothing.there }}"}}
        row.settings = {**row.settings, "emailConfig": {"templates": broken}}
        session.add(row)

    unit_of_work.across(break_template)
    new_ticket(grace)
    drain_all()
    assert len(mails()) == 1
