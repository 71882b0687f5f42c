"""kill -9 of a real worker at each step of sending: nothing is lost, the reader sees one."""

import email
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from redis import Redis
from sqlmodel import select

from tests.jobs.test_drain import new_ticket
from ticketdesk import db, outbox
from ticketdesk.actor import Actor
from ticketdesk.jobs.drain import drain
from ticketdesk.jobs.sweep import sweep
from ticketdesk.models import OutboxEvent

TICKETS = 5


def work_until_killed(step: str) -> None:
    worker = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_worker", step],
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr.decode()[-2000:]


def message_ids(folder: Path) -> list[str]:
    return [
        email.message_from_bytes(path.read_bytes())["Message-ID"]
        for path in sorted(folder.glob("*.eml"))
    ]


@pytest.mark.parametrize(
    ("step", "handed_over"), [("before", 2), ("during", 2), ("after", 3), ("unrecorded", TICKETS)]
)
def test_a_killed_worker_neither_loses_nor_doubles_a_mail(
    step: str, handed_over: int, outbox_folder: Path, redis: Redis, grace: Actor
) -> None:
    for _ in range(TICKETS):
        new_ticket(grace)
    work_until_killed(step)
    first = message_ids(outbox_folder)
    assert len(first) == handed_over
    contents = {path.name: path.read_bytes() for path in outbox_folder.glob("*.eml")}

    assert sweep() == [], "the lease still holds"
    after_lease = datetime.now(UTC) + outbox.LEASE + timedelta(seconds=1)
    with time_machine.travel(after_lease, tick=False):
        assert sweep() == ["mail.ticket_created"]
        drain("mail.ticket_created")

    second = message_ids(outbox_folder)
    assert len(second) == len(set(second)) == TICKETS
    assert set(first) <= set(second)
    for name, content in contents.items():
        assert (outbox_folder / name).read_bytes() == content, "the repeat is the same mail"
    with db.system_session() as session:
        assert all(row.done_at for row in session.exec(select(OutboxEvent)))
