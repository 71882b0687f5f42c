"""The server of our tests and Debian's dovecot, where it is installed, are fetched from alike."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from imapclient import IMAPClient
from redis import Redis

from tests.jobs.test_mailboxes import connect, raw
from tests.support import dovecot
from tests.support.imap_server import ImapServer, Store
from tests.support.intake import rows
from ticketdesk.actor import Actor
from ticketdesk.jobs import mailboxes
from ticketdesk.jobs.mailbox_watch import MailboxWatch
from ticketdesk.jobs.mailboxes import fetch
from ticketdesk.models import MailMessage, Ticket


class Server(Protocol):
    """What both can do."""

    port: int

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def deliver(self, raw: bytes) -> None: ...
    def forget_uids(self) -> None: ...
    def count(self, folder: str = "INBOX") -> int: ...
    def remove(self) -> None: ...


class Ours:
    """`ImapServer` with the handles of `Dovecot`."""

    def __init__(self, abilities: str | None = None) -> None:
        self._store, self.port = Store(), 0
        self._abilities = set(abilities.encode().split()) if abilities else None
        self._server: ImapServer | None = None

    def start(self) -> None:
        self._server = ImapServer(self._store, self.port, self._abilities)
        self.port = self._server.port

    def stop(self) -> None:
        if self._server:
            self._server.stop()
        self._server = None

    def deliver(self, raw: bytes) -> None:
        self._store.deliver(raw)

    def forget_uids(self) -> None:
        self._store.renumber()

    def count(self, folder: str = "INBOX") -> int:
        return len(self._store.folders.get(folder, ()))

    remove = stop


KINDS: dict[str, Callable[[str | None], Server]] = {"ours": Ours}
if dovecot.is_there():
    KINDS["dovecot"] = dovecot.Dovecot


@pytest.fixture(params=KINDS)
def serve(
    request: pytest.FixtureRequest, ada: Actor, redis: Redis, outbox_folder: Path
) -> Iterator[Callable[..., Server]]:
    """Start a server of each kind and let acme fetch from it."""
    started: list[Server] = []

    def start(abilities: str | None = None) -> Server:
        server = KINDS[request.param](abilities)
        started.append(server)
        server.start()
        connect(ada, server.port)
        return server

    yield start
    for server in started:
        server.remove()


def subjects() -> list[str]:
    return sorted(ticket.subject for ticket in rows(Ticket))


@pytest.mark.parametrize("abilities", [None, "IMAP4rev1 UIDPLUS"])
def test_what_is_taken_moves_away(serve, ada: Actor, abilities: str | None) -> None:
    server = serve(abilities)
    for number in range(3):
        server.deliver(raw(number))
    assert fetch(ada.organization_id) == 3
    assert subjects() == ["Nr 0", "Nr 1", "Nr 2"]
    assert (server.count(), server.count("TicketDesk")) == (0, 3)
    assert fetch(ada.organization_id) == 0


def test_without_uidplus_nothing_is_purged_that_others_only_marked(serve, ada: Actor) -> None:
    server = serve("IMAP4rev1")
    server.deliver(raw(1))
    server.deliver(raw(2))
    with IMAPClient("127.0.0.1", server.port, ssl=False) as other:
        other.login("desk", "s3cret")
        other.select_folder("INBOX")
        other.delete_messages([1])
    assert fetch(ada.organization_id) == 1
    assert subjects() == ["Nr 2"], "what somebody deleted is no mail to answer"
    assert (server.count(), server.count("TicketDesk")) == (2, 1)


def test_a_new_validity_is_read_from_the_start_and_doubles_nothing(
    serve, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve()
    for number in range(3):
        server.deliver(raw(number))
    with monkeypatch.context() as stubborn:
        stubborn.setattr(mailboxes.Mailbox, "take", lambda *_: False)
        assert fetch(ada.organization_id) == 3
        assert fetch(ada.organization_id) == 0, "their UIDs are known"
    server.forget_uids()
    server.deliver(raw(3))
    assert fetch(ada.organization_id) == 4
    assert subjects() == ["Nr 0", "Nr 1", "Nr 2", "Nr 3"]
    assert len(rows(MailMessage)) == 4
    assert server.count() == 0


def test_a_restart_in_the_middle_loses_and_doubles_nothing(
    serve, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve()
    for number in range(3):
        server.deliver(raw(number))
    take_in = mailboxes.take_in

    def and_stop(*given: object) -> object:
        outcome = take_in(*given)
        server.stop()
        return outcome

    with monkeypatch.context() as falling:
        falling.setattr(mailboxes, "take_in", and_stop)
        fetch(ada.organization_id)
    assert mailboxes.state(ada.organization_id)
    assert subjects() == ["Nr 0"]
    server.start()
    fetch(ada.organization_id)
    assert subjects() == ["Nr 0", "Nr 1", "Nr 2"]
    assert mailboxes.state(ada.organization_id) == ""


def test_an_idle_mailbox_tells_of_new_mail_again_and_again(serve, ada: Actor) -> None:
    server = serve()
    told: queue.Queue[str] = queue.Queue()
    watch = MailboxWatch(arrived=told.put, round_seconds=2)
    watch.tend()
    for number in range(2):
        server.deliver(raw(number))
        assert told.get(timeout=30) == ada.organization_id
    watch.stop()


def test_a_refused_sign_in_shows_the_servers_words(serve, ada: Actor) -> None:
    server = serve()
    connect(ada, server.port, imapPassword="guess")
    assert fetch(ada.organization_id) == 0
    assert mailboxes.state(ada.organization_id)
