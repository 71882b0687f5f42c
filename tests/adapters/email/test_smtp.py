"""SMTP against a real server on loopback: it takes, refuses, delays and drops the line."""

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dkim
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from tests.adapters.email.mails import MAIL, mail
from ticketdesk.adapters.email.dkim_signing import DkimKey
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mail import MailAddress
from ticketdesk.adapters.email.smtp import SmtpProvider, SmtpServer


class Peer:
    """What the server does; `replies` maps a step to the reply in place of 250."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.peers: set[tuple] = set()
        self.replies: dict[str, str] = {}
        self.drop_after_data = False

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if reply := self.replies.get(address) or self.replies.get("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if reply := self.replies.get("DATA"):
            return reply
        self.taken.append(envelope)
        self.peers.add(session.peer)
        if self.drop_after_data:
            self.drop_after_data = False
            server.transport.abort()
        return "250 taken"


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
def serve(peer: Peer) -> Iterator[Callable[..., SmtpServer]]:
    started: list[Controller] = []

    def start(**options: object) -> SmtpServer:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(peer, hostname="127.0.0.1", port=port, **options)
        controller.start()
        started.append(controller)
        return SmtpServer("127.0.0.1", port, security="none", timeout=5)

    yield start
    for controller in started:
        controller.stop(no_assert=True)


def test_a_mail_reaches_everybody_with_its_envelope(peer: Peer, serve) -> None:
    receipt = SmtpProvider(serve()).deliver(MAIL)
    (taken,) = peer.taken
    assert taken.mail_from == MAIL.envelope_from
    assert taken.rcpt_tos == list(MAIL.recipients)
    assert b"Message-ID: " + MAIL.message_id.encode() in taken.content
    assert receipt.refused == {}


def test_the_connection_is_kept_for_the_next_mail(peer: Peer, serve) -> None:
    provider = SmtpProvider(serve())
    for number in range(3):
        provider.deliver(mail(message_id=f"<{number}@acme.example>"))
    assert len(peer.taken) == 3
    assert len(peer.peers) == 1


def test_a_recipient_refused_among_others_is_named_with_the_servers_words(
    peer: Peer, serve
) -> None:
    peer.replies["omar@customer.example"] = "550 5.1.1 no such user"
    receipt = SmtpProvider(serve()).deliver(MAIL)
    assert receipt.refused == {"omar@customer.example": "550 5.1.1 no such user"}
    assert peer.taken[0].rcpt_tos == ["jane@customer.example", "boss@acme.example"]


@pytest.mark.parametrize(
    ("step", "reply", "permanent"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "451 greylisted, come back", False),
        ("DATA", "554 looks like spam", True),
        ("DATA", "452 mailbox full", False),
    ],
)
def test_refusals_are_permanent_or_not_by_their_code(
    peer: Peer, serve, step: str, reply: str, permanent: bool
) -> None:
    peer.replies[step] = reply
    provider = SmtpProvider(serve())
    with pytest.raises(DeliveryFailed) as failure:
        provider.deliver(mail(cc=(), bcc=()))
    assert failure.value.permanent is permanent
    assert reply.split(" ", 1)[1] in failure.value.words
    peer.replies.clear()
    provider.deliver(MAIL)
    assert len(peer.taken) == 1


def test_a_line_dropped_after_data_is_repeated_as_the_same_mail(peer: Peer, serve) -> None:
    peer.drop_after_data = True
    provider = SmtpProvider(serve())
    with pytest.raises(DeliveryFailed) as failure:
        provider.deliver(MAIL)
    assert not failure.value.permanent
    provider.deliver(MAIL)
    first, second = (taken.content for taken in peer.taken)
    assert first == second, "whoever has both sees one Message-ID and the same bytes"


def test_a_server_that_is_away_concerns_all_mails(unused_port: int) -> None:
    provider = SmtpProvider(SmtpServer("127.0.0.1", unused_port, security="none", timeout=2))
    with pytest.raises(DeliveryFailed) as failure:
        provider.deliver(MAIL)
    assert failure.value.for_all
    assert not failure.value.permanent


def test_a_server_that_hangs_costs_the_timeout_and_no_more() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        server = SmtpServer("127.0.0.1", silent.getsockname()[1], security="none", timeout=0.2)
        before = datetime.now(UTC)
        with pytest.raises(DeliveryFailed) as failure:
            SmtpProvider(server).deliver(MAIL)
    assert failure.value.for_all
    assert datetime.now(UTC) - before < timedelta(seconds=5)


def test_addresses_beyond_ascii_need_a_server_that_can(peer: Peer, serve) -> None:
    strange = mail(to=(MailAddress("jürgen@customer.example"),), cc=(), bcc=())
    SmtpProvider(serve(enable_SMTPUTF8=True)).deliver(strange)
    assert peer.taken[0].rcpt_tos == ["jürgen@customer.example"]
    with pytest.raises(DeliveryFailed) as failure:
        SmtpProvider(serve(enable_SMTPUTF8=False)).deliver(strange)
    assert failure.value.permanent


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )
    file: Path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_starttls_and_sign_in(peer: Peer, serve, certificate: ssl.SSLContext) -> None:
    def check(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(
            handled=False, success=data.login == b"desk" and data.password == b"s3cret"
        )

    where = serve(tls_context=certificate, auth_required=True, authenticator=check)
    told = {"security": "starttls", "verify_certificate": False, "username": "desk"}
    right = SmtpServer(where.host, where.port, password="s3cret", **told)
    SmtpProvider(right).deliver(MAIL)
    assert len(peer.taken) == 1
    wrong = SmtpServer(where.host, where.port, password="guess", **told)
    with pytest.raises(DeliveryFailed, match="Sign-in refused") as failure:
        SmtpProvider(wrong).deliver(MAIL)
    assert failure.value.for_all


def test_an_unknown_certificate_is_refused(peer: Peer, serve, certificate) -> None:
    where = serve(tls_context=certificate)
    with pytest.raises(DeliveryFailed):
        SmtpProvider(SmtpServer(where.host, where.port, security="starttls")).deliver(MAIL)
    assert peer.taken == []


def test_dkim_signatures_verify(peer: Peer, serve) -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    signing = DkimKey("desk", "acme.example", pem.decode())
    SmtpProvider(serve(), dkim=signing).deliver(MAIL)
    import base64

    public = base64.b64encode(
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    record = b"v=DKIM1; k=rsa; p=" + public
    assert dkim.verify(peer.taken[0].original_content, dnsfunc=lambda name, timeout=5: record)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
