"""Mail is fetched from a mailbox: once, in order, through restarts and broken lines."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.support.imap_server import ImapServer, Store
from tests.support.intake import rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import mailboxes
from ticketdesk.jobs.mailbox_watch import MailboxWatch
from ticketdesk.jobs.mailboxes import fetch
from ticketdesk.models import MailMessage, Ticket
from ticketdesk.services.mail import account_settings


def raw(number: int) -> bytes:
    return (
        f"From: Jane <jane@customer.example>\r\nTo: support@acme.example\r\n"
        f"Subject: Nr {number}\r\nMessage-ID: <{number}@customer.example>\r\n"
        f"\r\nWords of {number}.\r\n"
    ).encode()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def server(store: Store) -> Iterator[ImapServer]:
    running = ImapServer(store)
    yield running
    running.stop()


@pytest.fixture
def connected(server: ImapServer, ada: Actor, redis: Redis, outbox_folder: Path) -> Actor:
    """Acme's account names the mailbox."""

    connect(ada, server.port)
    return ada


def connect(ada: Actor, port: int, **changes: object) -> None:
    mailbox = {
        "host": "127.0.0.1",
        "port": port,
        "username": "desk",
        "imapPassword": "s3cret",
        "useTls": False,
    } | changes
    unit_of_work.as_actor(ada, account_settings.change, {"mailbox": mailbox})


def test_new_mail_becomes_tickets_and_moves_away(
    server: ImapServer, store: Store, connected: Actor
) -> None:
    for number in range(3):
        store.deliver(raw(number))
    assert fetch(connected.organization_id) == 3
    assert [t.subject for t in rows(Ticket)] == ["Nr 0", "Nr 1", "Nr 2"]
    assert store.folders["INBOX"] == {}
    assert len(store.folders["TicketDesk"]) == 3
    assert fetch(connected.organization_id) == 0


def test_a_server_without_move_is_served_by_copy_and_delete(
    server: ImapServer, store: Store, connected: Actor
) -> None:
    server.abilities = {b"UIDPLUS"}
    store.deliver(raw(1))
    assert fetch(connected.organization_id) == 1
    assert store.folders["INBOX"] == {}
    assert len(store.folders["TicketDesk"]) == 1


def test_what_cannot_be_moved_is_not_read_again(
    server: ImapServer, store: Store, connected: Actor
) -> None:
    server.hang_up_on = {b"MOVE"}
    store.deliver(raw(1))
    assert fetch(connected.organization_id) == 1
    assert len(store.folders["INBOX"]) == 1
    store.deliver(raw(2))
    assert fetch(connected.organization_id) == 1
    assert server.fetched == [1, 2]
    assert len(rows(Ticket)) == 2


@pytest.mark.parametrize("command", [b"LOGIN", b"SELECT", b"SEARCH", b"FETCH", b"LIST", b"MOVE"])
def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(
    server: ImapServer, store: Store, connected: Actor, redis: Redis, command: bytes
) -> None:
    for number in range(3):
        store.deliver(raw(number))
    server.hang_up_on = {command}
    fetch(connected.organization_id)
    fetch(connected.organization_id)
    assert sorted(t.subject for t in rows(Ticket)) == ["Nr 0", "Nr 1", "Nr 2"]


def test_a_restarted_server_with_fresh_uids_is_read_from_the_start(
    server: ImapServer, store: Store, connected: Actor, ada: Actor
) -> None:
    store.deliver(raw(1))
    fetch(connected.organization_id)
    server.stop()
    fetch(connected.organization_id)
    assert "refused" in mailboxes.state(connected.organization_id)
    fresh = Store(validity=2)
    fresh.deliver(raw(1))
    fresh.deliver(raw(2))
    again = ImapServer(fresh)
    connect(ada, again.port)
    assert fetch(connected.organization_id) == 2
    again.stop()
    assert sorted(t.subject for t in rows(Ticket)) == ["Nr 1", "Nr 2"]
    assert mailboxes.state(connected.organization_id) == ""


def test_a_lost_redis_costs_traffic_and_no_ticket(
    server: ImapServer, store: Store, connected: Actor, redis: Redis
) -> None:
    server.hang_up_on = {b"MOVE"}
    store.deliver(raw(1))
    fetch(connected.organization_id)
    redis.flushdb()
    fetch(connected.organization_id)
    assert len(rows(MailMessage)) == 1
    assert store.folders["INBOX"] == {}


def test_a_wrong_password_is_shown(connected: Actor, ada: Actor, server: ImapServer) -> None:
    connect(ada, server.port, imapPassword="guess")
    assert fetch(connected.organization_id) == 0
    assert "wrong password" in mailboxes.state(connected.organization_id)


def test_an_idle_mailbox_tells_at_once(server: ImapServer, store: Store, connected: Actor) -> None:
    told: queue.Queue[str] = queue.Queue()
    watch = MailboxWatch(arrived=told.put, round_seconds=2)
    watch.tend()
    assert server.idling.wait(timeout=10)
    store.deliver(raw(1))
    assert told.get(timeout=10) == connected.organization_id
    watch.stop()
