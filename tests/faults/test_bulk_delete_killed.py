"""kill -9 of a bulk deletion, and of its undo, in the middle: no ticket is lost or doubled."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import time_machine
from sqlmodel import func, select

from tests.services.tickets.test_bulk import copies
from tests.services.tickets.threads import ticket
from tests.support.outbox_work import work_off
from ticketdesk import clock, db, unit_of_work
from ticketdesk.models import DeletedTicket, Ticket
from ticketdesk.services.tickets import bulk, bulk_undo

TICKETS = 250
FIRST_BATCH = 100


def _killed(what: str) -> None:
    job = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_deleter", what],
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert job.returncode == -signal.SIGKILL, job.stderr.decode()[-2000:]


def _again() -> None:
    """The next worker takes the promise when the lease of the dead one has lapsed."""
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=True):
        work_off("tickets.bulk")


def _counted(organization_id: str) -> tuple[int, int]:
    with db.tenant_session(organization_id) as session:
        desk, deleted = (
            session.exec(select(func.count()).select_from(table)).one()
            for table in (Ticket, DeletedTicket)
        )
    return desk, deleted


def test_a_killed_job_neither_loses_nor_doubles_a_ticket(database, cast, ada, grace) -> None:
    with db.tenant_session(cast.acme) as session:
        ids = copies(session, ticket(session, grace), TICKETS)
        session.commit()
    command = bulk.BulkDelete.parse({"ticketIds": ids})
    started = unit_of_work.as_actor(ada, bulk.start_delete, command)

    _killed("delete")
    assert _counted(cast.acme) == (1 + TICKETS - FIRST_BATCH, FIRST_BATCH)
    _again()
    assert _counted(cast.acme) == (1, TICKETS)

    # The first hundred come back at once, the rest by a job.
    assert not unit_of_work.as_actor(ada, bulk_undo.undo, started.id).is_undone
    work = TICKETS - FIRST_BATCH
    assert _counted(cast.acme) == (1 + FIRST_BATCH, work)
    _killed("restore")
    assert _counted(cast.acme) == (1 + 2 * FIRST_BATCH, work - FIRST_BATCH)
    _again()
    assert _counted(cast.acme) == (1 + TICKETS, 0)
    assert unit_of_work.as_actor(ada, bulk.progress, started.id).refused == {}
