"""kill -9 of a real sweeper at each step: every breach is told, and told once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlmodel import select

from tests.services.sla.desk import open_ticket, promise
from ticketdesk import clock, db
from ticketdesk.jobs import service_levels
from ticketdesk.models import OutboxEvent, SlaEvent, TicketActivity
from ticketdesk.models.enums import TicketActivityType as A

TICKETS = 10


def _tickets_overdue(cast, ada, grace) -> list[str]:
    long_ago: datetime = clock.now() - timedelta(hours=3)
    with time_machine.travel(long_ago, tick=False), db.tenant_session(cast.acme) as session:
        promise(session, ada, firstResponseTime=60, warnMinutes=10)
        tickets = [open_ticket(session, grace).id for _ in range(TICKETS)]
        session.commit()
    return tickets


def _sweep_until_killed(step: str) -> None:
    sweeper = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_sweeper", step],
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert sweeper.returncode == -signal.SIGKILL, sweeper.stderr.decode()[-2000:]


def _told(organization_id: str) -> list[Counter[str]]:
    with db.tenant_session(organization_id) as session:
        events = session.exec(select(SlaEvent.ticket_id).where(SlaEvent.kind == "BREACHED"))
        lines = session.exec(
            select(TicketActivity.ticket_id).where(TicketActivity.activity_type == A.SLA_BREACHED)
        )
        mails = session.exec(
            select(OutboxEvent.payload).where(OutboxEvent.subscriber == "mail.sla_warning")
        )
        return [Counter(events), Counter(lines), Counter(mail["ticketId"] for mail in mails)]


@pytest.mark.parametrize(("step", "left"), [("telling", 4), ("uncommitted", 4), ("committed", 8)])
def test_a_killed_sweeper_neither_loses_nor_doubles_a_breach(
    step: str, left: int, database, cast, ada, grace
) -> None:
    tickets = _tickets_overdue(cast, ada, grace)
    _sweep_until_killed(step)
    assert all(sum(found.values()) == left for found in _told(cast.acme))

    service_levels.sweep()
    service_levels.sweep()

    assert _told(cast.acme) == [Counter(tickets)] * 3
