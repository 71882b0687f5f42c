"""kill -9 at each step of receiving: nothing is lost, and the desk shows each message once."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from redis import Redis

from tests.faults.dying_receiver import raw
from tests.jobs.test_mailboxes import connected, server, store
from tests.support.imap_server import ImapServer, Store
from tests.support.intake import rows
from ticketdesk.actor import Actor
from ticketdesk.jobs import intake, mailboxes
from ticketdesk.jobs.drain import drain
from ticketdesk.models import MailMessage, MailOriginal, Ticket
from ticketdesk.models.mail import MailState

__all__ = ["connected", "server", "store"]

SUBJECTS = ["Nr 1", "Nr 2", "Nr 3"]


def receive_until_killed(step: str, organization_id: str, way: str) -> None:
    receiver = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_receiver", step, organization_id, way],
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert receiver.returncode == -signal.SIGKILL, receiver.stderr.decode()[-2000:]


def everything_is_there_once(outbox_folder: Path) -> None:
    assert sorted(ticket.subject for ticket in rows(Ticket)) == SUBJECTS
    messages = rows(MailMessage)
    assert [m.state for m in messages] == [MailState.CREATED] * 3
    assert len(rows(MailOriginal)) == 3
    drain("mail.ticket_created")
    assert len(list(outbox_folder.glob("*.eml"))) == 3


@pytest.mark.parametrize(
    ("step", "kept", "opened"), [("kept", 2, 1), ("judging", 2, 1), ("judged", 2, 2)]
)
def test_a_killed_web_process_neither_loses_nor_doubles_a_message(
    step: str, kept: int, opened: int, outbox_folder: Path, redis: Redis, grace: Actor
) -> None:
    receive_until_killed(step, grace.organization_id, "webhook")
    assert len(rows(MailMessage)) == kept
    assert len(rows(Ticket)) == opened

    # Whoever delivers heard nothing of the second message, so they deliver it and the third again.
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=True):
        intake.resume()
        for number in (2, 3):
            intake.take_in(grace.organization_id, raw(number), "webhook")
        everything_is_there_once(outbox_folder)


def test_what_nobody_delivers_again_is_worked_on_all_the_same(
    outbox_folder: Path, redis: Redis, grace: Actor
) -> None:
    receive_until_killed("kept", grace.organization_id, "webhook")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=True):
        assert intake.resume() == 1
    assert sorted(ticket.subject for ticket in rows(Ticket)) == SUBJECTS[:2]


@pytest.mark.parametrize("step", ["kept", "judging", "judged", "moved"])
def test_a_killed_fetch_of_a_mailbox_neither_loses_nor_doubles_a_message(
    step: str,
    outbox_folder: Path,
    redis: Redis,
    connected: Actor,
    server: ImapServer,
    store: Store,
) -> None:
    for number in (1, 2, 3):
        store.deliver(raw(number))
    receive_until_killed(step, connected.organization_id, "imap")

    redis.delete(f"mailbox:{connected.organization_id}:lock")  # as if its time were over
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=True):
        mailboxes.fetch(connected.organization_id)
        intake.resume()
        everything_is_there_once(outbox_folder)
    assert store.folders["INBOX"] == {}
    assert sorted(store.folders["TicketDesk"].values()) == [raw(n) for n in (1, 2, 3)]
