"""One organization's slow server delays nobody else's mail."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.jobs.test_drain import Mails, new_ticket, outbox_rows
from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.console import ConsoleProvider
from ticketdesk.jobs import drain as job
from ticketdesk.jobs.drain import drain
from ticketdesk.services.mail import providers


class Hanging(ConsoleProvider):
    """A server that does not answer until it is told to."""

    answers = threading.Event()

    def deliver(self, mail):
        if mail.sender.email.endswith("acme.example"):
            assert Hanging.answers.wait(timeout=30)
        return super().deliver(mail)


@pytest.fixture
def hanging(outbox_folder: Path, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    monkeypatch.setattr(providers, "ConsoleProvider", Hanging)
    monkeypatch.setattr(job, "PATIENCE", timedelta(milliseconds=300))
    Hanging.answers.clear()
    return Hanging.answers


def test_the_others_mail_leaves_while_one_server_hangs(
    hanging: threading.Event, mails: Mails, grace: Actor, bo: Actor
) -> None:
    for actor in (grace, bo, bo, grace, bo):
        new_ticket(actor)
    drain("mail.ticket_created")
    assert [m["From"].addresses[0].domain for m in mails()] == ["globex.example"] * 3
    new_ticket(grace)
    new_ticket(bo)
    drain("mail.ticket_created")
    assert len(mails()) == 4, "the hanging organization's new mail waits, the other's does not"
    hanging.set()
    assert job.idle(until=clock.now() + timedelta(seconds=20))
    assert len(mails()) == 6
    waiting = [row for row in outbox_rows() if row.done_at is None]
    assert [row.attempts for row in waiting] == [0], "given back without counting as a try"


def test_a_batch_stops_in_time_for_its_lease(
    outbox_folder: Path, mails: Mails, grace: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "WORK", timedelta(0))
    for _ in range(3):
        new_ticket(grace)
    drain("mail.ticket_created")
    assert mails() == []
    assert [row.attempts for row in outbox_rows()] == [0, 0, 0]
    assert all(row.leased_until is None for row in outbox_rows())
