"""After a reply was sent: undo in time, send again what failed, try the account."""

from datetime import timedelta

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden, Invalid, NotFound
from ticketdesk.jobs.drain import drain
from ticketdesk.models import Organization, OutboxEvent, Ticket, TicketResponse
from ticketdesk.services import ticket_settings
from ticketdesk.services.mail import account_settings
from ticketdesk.services.mail.outbound import deliveries, trial, undo


def test_a_reply_can_be_taken_back_until_it_leaves(
    mails: Mails, grace: Actor, linus: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    response = reply(grace, ticket, "Oops.").response
    with pytest.raises(NotFound):
        unit_of_work.as_actor(linus, undo.take_back, response.id)
    back = unit_of_work.as_actor(grace, undo.take_back, response.id)
    assert back.content == "Oops."
    clock.shift(timedelta(minutes=1))
    drain_all()
    assert len(mails()) == 1
    assert rows(TicketResponse) == []
    assert rows(Ticket)[0].first_response_at is None


def test_a_reply_that_left_cannot_be_taken_back(
    mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    response = reply(grace, new_ticket(grace)).response
    clock.shift(timedelta(seconds=11))
    drain_all()
    with pytest.raises(Conflict, match="too late"):
        unit_of_work.as_actor(grace, undo.take_back, response.id)
    assert len(rows(TicketResponse)) == 1


def unreachable(ada: Actor, port: int) -> None:
    account = {"host": "127.0.0.1", "port": port, "security": "none"}
    unit_of_work.as_actor(ada, account_settings.change, account)
    unit_of_work.as_actor(ada, ticket_settings.change, {"emailConfig": {"provider": "smtp"}})


def test_a_failed_reply_can_be_sent_again(
    mails: Mails, ada: Actor, grace: Actor, clock: time_machine.Traveller, dead_port: int
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    unreachable(ada, dead_port)
    response = reply(grace, ticket).response
    with pytest.raises(Conflict):
        unit_of_work.as_actor(grace, deliveries.send_again, response.id)
    for _ in range(8):
        clock.shift(timedelta(hours=7))
        drain("mail.ticket_response")
    failed = unit_of_work.as_actor(ada, deliveries.failed)
    assert [d.response_id for d in failed] == [response.id]
    assert f"127.0.0.1:{dead_port}" in (failed[0].words or "")
    unit_of_work.as_actor(ada, ticket_settings.change, {"emailConfig": {"provider": "console"}})
    unit_of_work.as_actor(grace, deliveries.send_again, response.id)
    drain("mail.ticket_response")
    assert len(mails()) == 2
    (sent,) = (
        d
        for d in unit_of_work.as_actor(grace, deliveries.of_ticket, ticket.id)
        if d.response_id == response.id
    )
    assert sent.state == "SENT"
    assert rows(TicketResponse)[0].mail_error is None


def test_a_test_mail_takes_the_way_of_every_mail(
    mails: Mails, ada: Actor, grace: Actor, clock: time_machine.Traveller
) -> None:
    asked = unit_of_work.as_actor(ada, trial.request, "Ada@acme.example")
    assert asked.state == "QUEUED"
    drain(trial.SUBSCRIBER)
    assert unit_of_work.as_actor(ada, trial.result, asked.id).state == "SENT"
    assert mails()[0]["To"].addresses[0].addr_spec == "ada@acme.example"
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(grace, trial.request, "x@y.example")
    with pytest.raises(Invalid):
        unit_of_work.as_actor(ada, trial.request, "nobody")


def test_a_test_mail_tells_the_servers_words(
    mails: Mails, ada: Actor, clock: time_machine.Traveller, dead_port: int
) -> None:
    unreachable(ada, dead_port)
    asked = unit_of_work.as_actor(ada, trial.request, "ada@acme.example")
    drain(trial.SUBSCRIBER)
    shown = unit_of_work.as_actor(ada, trial.result, asked.id)
    assert shown.state == "FAILED"
    assert f"127.0.0.1:{dead_port}" in (shown.words or "")
    assert unit_of_work.as_actor(ada, deliveries.send_all_again) == 0
    assert rows(OutboxEvent)
    assert rows(Organization)
