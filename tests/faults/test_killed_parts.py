"""Any part may be killed during work: it comes back, and nothing that was accepted is lost."""

import signal
from collections.abc import Iterator
from uuid import uuid4

import httpx
import psutil
import pytest
import redis

from tests.faults.leases import let_leases_lapse
from tests.support.desk import Desk, eventually


@pytest.fixture
def grace(running: Desk) -> Iterator[httpx.Client]:
    eventually(running.is_ready, "ready before the test")
    client = running.sign_in()
    yield client
    client.close()


def create(client: httpx.Client, subject: str) -> dict:
    answer = client.post(
        "/api/tickets",
        json={
            "subject": subject,
            "description": "It is about faults.",
            "requesterName": "Jane Doe",
            # Each from somebody else: nobody gets many automatic mails an hour.
            "requesterEmail": f"jane-{uuid4().hex}@customer.example",
        },
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["ticket"]


def assert_kept(running: Desk, client: httpx.Client, ticket: dict) -> None:
    """The ticket is there, the same sign-in still counts, and its one mail arrives."""
    eventually(running.is_ready, "ready again")
    found = client.get(f"/api/tickets/{ticket['id']}")
    assert found.status_code == 200, found.text
    assert found.json()["ticket"]["subject"] == ticket["subject"]
    eventually(lambda: running.mails_about(ticket["ticketNumber"]), "mailed", seconds=150)
    assert len(running.mails_about(ticket["ticketNumber"])) == 1


@pytest.mark.parametrize("part", ["web", "worker-1", "redis", "postgres", "cron"])
def test_a_killed_part_comes_back_and_nothing_is_lost(
    running: Desk, grace: httpx.Client, part: str
) -> None:
    before = create(grace, f"Before the {part} was killed")
    running.kill(part)
    if part == "worker-1":
        let_leases_lapse(running)
    assert_kept(running, grace, before)

    after = create(grace, f"After the {part} was killed")
    assert_kept(running, grace, after)


def test_a_flushed_redis_loses_no_mail_and_signs_nobody_out(
    running: Desk, grace: httpx.Client
) -> None:
    ticket = create(grace, "Before everything was flushed")
    with redis.Redis.from_url(running.addresses()[1]) as server:
        server.flushall()

    assert_kept(running, grace, ticket)
    assert_kept(running, grace, create(grace, "After everything was flushed"))


def test_a_killed_supervisor_is_recovered_from_by_the_next_start(
    running: Desk, grace: httpx.Client
) -> None:
    ticket = create(grace, "Before the supervisor was killed")
    # A mail half handed over costs its lease; that is the killed worker's test.
    eventually(lambda: running.mails_about(ticket["ticketNumber"]), "mailed")
    left = running.tree()
    running.signal(signal.SIGKILL)

    running.start()

    assert_kept(running, grace, ticket)
    now = {process.pid for process in running.tree()}
    survivors = [
        process
        for process in left
        if process.is_running()
        and process.status() != psutil.STATUS_ZOMBIE
        and process.pid not in now
    ]
    assert survivors == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_leaves_no_process_and_no_lock(
    running: Desk, grace: httpx.Client, number: signal.Signals
) -> None:
    ticket = create(grace, f"Before {number.name}")
    left = running.tree()

    assert running.signal(number) == 0

    assert psutil.wait_procs(left, timeout=30)[1] == []
    run = running.folder / "run"
    assert not (run / "lock").exists()
    assert not (run / "children.json").exists()
    assert not (running.folder / "postgres" / "postmaster.pid").exists()
    running.start()
    assert_kept(running, grace, ticket)


def test_a_second_start_on_the_same_data_is_refused_in_one_line(running: Desk) -> None:
    second = running.command("run", PORT="1")

    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr.count("\n") == 1
    assert "TICKETDESK_DATA_DIR: another TicketDesk" in second.stderr


def test_commands_beside_it_use_its_servers(running: Desk, grace: httpx.Client) -> None:
    doctor = running.command("doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr

    token = running.command("token", "acme", "--scope", "read").stdout.strip()
    answer = httpx.get(f"{running.url}/api/tickets", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
