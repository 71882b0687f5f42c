"""The tracking link in a mail: of chance, the same in a repeat, and then forgotten."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket
from tests.support.intake import rows
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.console import ConsoleProvider
from ticketdesk.adapters.email.mail import Delivery, OutgoingMail
from ticketdesk.jobs.drain import drain
from ticketdesk.models import OutboxEvent, TrackingLink

TOKEN = re.compile(r"/track/1001-([0-9a-f]{32})")


def test_a_mail_carries_the_same_link_at_its_next_try(
    mails: Mails, grace: Actor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[OutgoingMail] = []
    deliver = ConsoleProvider.deliver

    def full(self: ConsoleProvider, mail: OutgoingMail) -> Delivery:
        tried.append(mail)
        raise OSError("No space left on device")

    def noting(self: ConsoleProvider, mail: OutgoingMail) -> Delivery:
        tried.append(mail)
        return deliver(self, mail)

    new_ticket(grace)
    monkeypatch.setattr(ConsoleProvider, "deliver", full)
    drain("mail.ticket_created")
    token = TOKEN.findall(tried[0].text)[0]
    (waiting,) = [row for row in rows(OutboxEvent) if row.subscriber == "mail.ticket_created"]
    assert token not in str(waiting.payload)

    monkeypatch.setattr(ConsoleProvider, "deliver", noting)
    clock.shift(timedelta(minutes=2))
    drain_all()

    assert len(mails()) == 1
    assert TOKEN.findall(tried[1].text)[0] == token
    assert tried[0].text == tried[1].text
    assert len(rows(TrackingLink)) == 1


def test_a_kept_promise_remembers_no_link(
    mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    new_ticket(grace)
    drain_all()

    assert len(mails()) == 1
    assert not [row for row in rows(OutboxEvent) if "sealed" in row.payload]
