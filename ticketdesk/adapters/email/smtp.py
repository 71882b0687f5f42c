"""SMTP provider: one kept connection, TLS, authentication, optional DKIM."""

import contextlib
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Unpack

from ticketdesk.adapters.email import mime, reach
from ticketdesk.adapters.email.base import ComposingProvider, Shared
from ticketdesk.adapters.email.dkim_signing import DkimKey, sign
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mail import Delivery, OutgoingMail
from ticketdesk.adapters.email.reach import ANYWHERE
from ticketdesk.adapters.outward import sockets
from ticketdesk.adapters.outward.budget import Budget
from ticketdesk.settings.values import Network


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and how to connect. `timeout` in seconds holds for every single network step.

    `longest` in seconds is for all of one mail, however slowly the server talks: less than a lease.

    `networks` are those beside the public internet that the server may be in.
    """

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 10.0
    longest: float = 40.0
    verify_certificate: bool = True
    networks: tuple[Network, ...] = ANYWHERE


class _Connection(smtplib.SMTP):
    """Looks at who answered before it reads a greeting, which the words of a failure would show.

    Raises what smtplib raises, and `reach.HostRefused`.
    """

    def __init__(self, server: SmtpServer, context: ssl.SSLContext, budget: Budget) -> None:
        self._server, self._tls, self._budget = server, context, budget
        super().__init__(server.host, server.port, timeout=server.timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected = sockets.connect(host, port, timeout, self._budget)
        reach.check_peer(connected, host, self._server.networks)
        if self._server.security == "tls":
            return self._tls.wrap_socket(connected, server_hostname=host)
        return connected


_LARGEST = 1024 * 1024  # bytes that a server may say about one mail
_AWAY = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPServerDisconnected)


class SmtpProvider(ComposingProvider):
    """Hands mail to a server; a connection that is still alive is used again."""

    name: ClassVar[str] = "smtp"
    inbound_steps: ClassVar[tuple[str, ...]] = (
        "Let your mail server hand mail for the support address to a pipe or to IMAP.",
        "A pipe posts the raw message to the address below (Content-Type: message/rfc822).",
    )

    def __init__(
        self, server: SmtpServer, *, dkim: DkimKey | None = None, **shared: Unpack[Shared]
    ) -> None:
        super().__init__(**shared)
        self._server = server
        self._dkim = dkim
        self._lock = threading.Lock()
        self._connection: smtplib.SMTP | None = None
        self._budget = Budget(server.longest, _LARGEST)

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand the mail over; recipients that the server refuses are listed in the receipt.

        Raises `DeliveryFailed`: permanent for a 5xx about this mail, else to be repeated. After a
        line that broke behind DATA nobody knows whether the server took it; the repeat carries the
        same Message-ID, so that the reader's side can tell.
        """
        raw = mime.to_bytes(mail)
        if self._dkim:
            raw = sign(raw, self._dkim)
        with self._lock:
            self._budget.start()
            try:
                refused = self._send(mail, raw)
            except smtplib.SMTPException as error:
                self.close()
                raise _failed(error) from error
            except reach.HostRefused as refusal:
                self.close()
                raise DeliveryFailed(str(refusal), permanent=False, for_all=True) from refusal
            except OSError as error:
                self.close()
                words = f"{self._where()}: {error}"
                raise DeliveryFailed(words, permanent=False, for_all=True) from error
        words = {address: _words(*reply) for address, reply in refused.items()}
        return Delivery(provider=self.name, provider_id=mail.message_id, refused=words)

    def close(self) -> None:
        """Drop the kept connection; the next mail opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                connection.close()

    def _send(self, mail: OutgoingMail, raw: bytes) -> dict[str, tuple[int, bytes]]:
        connection = self._alive()
        options = []
        if mime.needs_utf8(mail):
            if not connection.has_extn("smtputf8"):
                raise DeliveryFailed(
                    f"{self._where()} cannot carry addresses beyond ASCII (SMTPUTF8).",
                    permanent=True,
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        sender = mime.ascii_domain(mail.envelope_from or mail.sender.email)
        recipients = [mime.ascii_domain(address) for address in mail.recipients]
        return connection.sendmail(sender, recipients, raw, mail_options=options)

    def _alive(self) -> smtplib.SMTP:
        if self._connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self._connection.noop()[0] == 250:
                    return self._connection
            self.close()
        self._connection = self._open()
        return self._connection

    def _open(self) -> smtplib.SMTP:
        server = self._server
        context = sockets.within(ssl.create_default_context(), server.timeout, self._budget)
        if not server.verify_certificate:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        reach.check(server.host, server.port, server.networks)
        connection = _Connection(server, context, self._budget)
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.username is not None:
            connection.login(server.username, server.password or "")
        connection.ehlo_or_helo_if_needed()
        return connection

    def _where(self) -> str:
        return f"{self._server.host}:{self._server.port}"


def _failed(error: smtplib.SMTPException) -> DeliveryFailed:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        words = "; ".join(f"{to}: {_words(*reply)}" for to, reply in error.recipients.items())
        return DeliveryFailed(words, permanent=all(code >= 500 for code in codes))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # The mail is fine: once the administrator corrects the password it can leave.
        words = f"Sign-in refused: {_response(error)}"
        return DeliveryFailed(words, permanent=False, for_all=True)
    if isinstance(error, (smtplib.SMTPDataError, smtplib.SMTPSenderRefused)):
        return DeliveryFailed(_response(error), permanent=error.smtp_code >= 500)
    away = isinstance(error, _AWAY)
    return DeliveryFailed(str(error) or type(error).__name__, permanent=False, for_all=away)


def _response(error: smtplib.SMTPResponseException) -> str:
    reply = error.smtp_error
    return _words(error.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())


def _words(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"
