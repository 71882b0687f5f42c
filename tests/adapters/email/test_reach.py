"""An organization's mail server is not a door into the operator's network."""

import ipaddress
import socket

import pytest

from tests.adapters.email.mails import mail
from ticketdesk.adapters.email import reach
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mailbox import Mailbox, MailboxAccount, MailboxUnavailable
from ticketdesk.adapters.email.smtp import SmtpProvider, SmtpServer

MINE = (ipaddress.ip_network("10.0.0.0/24"),)


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "10.1.0.1", "192.168.0.9", "169.254.169.254", "::1", "::ffff:127.0.0.1"]
)
def test_a_name_that_leads_inside_is_refused_with_the_setting_that_allows_it(ip: str) -> None:
    with pytest.raises(reach.HostRefused, match="TICKETDESK_MAIL_NETWORKS"):
        reach.check("mx.evil.example", 587, MINE, look_up=lambda *_: ["93.184.216.34", ip])


def test_public_servers_and_named_networks_are_called() -> None:
    reach.check("mx.example", 587, (), look_up=lambda *_: ["93.184.216.34"])
    reach.check("mx.inside", 587, MINE, look_up=lambda *_: ["10.0.0.25"])


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "10.9.9.9", "x.localhost"])
def test_a_host_that_is_plainly_inside_is_told_at_once(host: str) -> None:
    assert reach.literal_problem(host, MINE)


@pytest.mark.parametrize("host", ["mx.example", "10.0.0.25", "93.184.216.34"])
def test_others_are_not(host: str) -> None:
    assert reach.literal_problem(host, MINE) == ""


def test_neither_smtp_nor_imap_says_a_word_to_a_server_inside() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        server = SmtpServer("127.0.0.1", port, security="none", networks=())
        with pytest.raises(DeliveryFailed, match="own network"):
            SmtpProvider(server, base_url="http://desk.example").deliver(mail())
        box = MailboxAccount("127.0.0.1", "desk", "s3cret", port=port, use_tls=False, networks=())
        with pytest.raises(MailboxUnavailable, match="own network"):
            Mailbox(box)
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_name_that_leads_elsewhere_the_second_time_is_noticed_before_a_word_is_said() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with (
            socket.create_connection(listening.getsockname()) as connected,
            pytest.raises(reach.HostRefused),
        ):
            reach.check_peer(connected, "mx.evil.example", ())
