"""A mail server that talks a byte at a time holds nobody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.adapters.email.mails import mail
from ticketdesk.adapters.email import imap_connection, smtp
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mailbox import Mailbox, MailboxAccount, MailboxUnavailable
from ticketdesk.adapters.email.smtp import SmtpProvider, SmtpServer


@contextmanager
def talking(first: bytes, piece: bytes) -> Iterator[tuple[int, list[str]]]:
    """A server that greets with `first` and then says `piece` again and again."""
    met: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = listening.accept()
        met.append("accepted")
        nobody_tells = threading.Event()
        with line:
            try:
                line.sendall(first)
                while not nobody_tells.wait(0.01):
                    line.sendall(piece)
            except OSError:
                met.append("hung up")

    served = threading.Thread(target=serve, daemon=True)
    served.start()
    with listening:
        yield listening.getsockname()[1], met
        served.join(timeout=30)


def test_a_greeting_by_smtp_that_drips_is_one_failed_try() -> None:
    with talking(b"220 ", b"x") as (port, met):
        server = SmtpServer("127.0.0.1", port, security="none", longest=0.3)
        with pytest.raises(DeliveryFailed, match=r"too long|timed out") as failed:
            SmtpProvider(server, base_url="http://desk.example").deliver(mail())
    assert not failed.value.permanent
    assert met == ["accepted", "hung up"]


def test_a_greeting_by_smtp_without_end_is_not_read_to_it(monkeypatch) -> None:
    monkeypatch.setattr(smtp, "_LARGEST", 50_000)
    with talking(b"220-", b"x\r\n220-" * 2000) as (port, met):
        server = SmtpServer("127.0.0.1", port, security="none")
        with pytest.raises(DeliveryFailed, match="too much"):
            SmtpProvider(server, base_url="http://desk.example").deliver(mail())
    assert met == ["accepted", "hung up"]


def test_an_answer_by_imap_that_drips_makes_the_mailbox_unavailable(monkeypatch) -> None:
    monkeypatch.setattr(imap_connection, "_LONGEST", 0.3)
    # The answer to the command that follows the greeting.
    with talking(b"* OK ready\r\n* ", b"x") as (port, met):
        account = MailboxAccount("127.0.0.1", "desk", "s3cret", port=port, use_tls=False)
        with pytest.raises(MailboxUnavailable, match=r"too long|timed out"):
            Mailbox(account)
    assert met == ["accepted", "hung up"]
