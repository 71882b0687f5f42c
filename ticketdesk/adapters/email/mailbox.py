"""A mailbox that mail is fetched from over IMAP (RFC 3501, IDLE of RFC 2177, MOVE of RFC 6851)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from imapclient.exceptions import IMAPClientError

from ticketdesk.adapters.email import reach
from ticketdesk.adapters.email.imap_connection import CheckedClient
from ticketdesk.adapters.email.reach import ANYWHERE
from ticketdesk.settings.values import Network

# Beyond this only the beginning is fetched; the desk takes no larger message.
LARGEST = 50 * 1024 * 1024
_BEGINNING = 1024 * 1024


class MailboxUnavailable(Exception):
    """The mailbox cannot be used now; the text holds the server's words."""


@dataclass(frozen=True, slots=True)
class MailboxAccount:
    """Where and how to sign in; messages taken in move from `folder` to `taken_folder`.

    `networks` are those beside the public internet that the server may be in.
    """

    host: str
    username: str
    imap_password: str = field(repr=False)
    port: int = 993
    folder: str = "INBOX"
    taken_folder: str = "TicketDesk"
    use_tls: bool = True
    timeout: float = 20.0
    networks: tuple[Network, ...] = ANYWHERE


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox was read: UIDs count only under the same validity (RFC 3501, 2.3.1.1)."""

    validity: int = 0
    uid: int = 0


class Mailbox:
    """An open mailbox; use it as a context manager. Every method raises `MailboxUnavailable`.

    `waiting` is how many messages lay in the folder when it was opened.
    """

    def __init__(self, account: MailboxAccount) -> None:
        self._account = account
        self._validity = 0
        self.waiting = 0
        with _words():
            reach.check(account.host, account.port, account.networks)
            self._client = CheckedClient(
                account.host,
                account.port,
                use_tls=account.use_tls,
                timeout=account.timeout,
                networks=account.networks,
            )
        try:
            with _words():
                self._client.login(account.username, account.imap_password)
                found: dict[bytes, Any] = self._client.select_folder(account.folder)
                self._validity = int(found.get(b"UIDVALIDITY", 0))
                self.waiting = int(found.get(b"EXISTS", 0))
        except MailboxUnavailable:
            self.close()
            raise

    def __enter__(self) -> "Mailbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Sign out, or at least hang up."""
        with contextlib.suppress(IMAPClientError, OSError):
            self._client.logout()
            return
        with contextlib.suppress(IMAPClientError, OSError):
            self._client.shutdown()

    def new_messages(self, after: Position) -> Iterator[tuple[Position, bytes]]:
        """Messages behind `after`, oldest first, each with its own position; read, not marked."""
        last = after.uid if after.validity == self._validity else 0
        with _words():
            # What somebody deleted is not purged everywhere at once, and is no mail to answer.
            found = self._client.search(["UNDELETED", "UID", f"{last + 1}:*"])
        # "*" is the last message even when its UID is smaller than asked for.
        for uid in sorted(u for u in found if u > last):
            raw = self._fetch(uid)
            if raw is not None:
                yield Position(self._validity, uid), raw

    def take(self, position: Position) -> bool:
        """Move a message to where taken ones lie; False when the server does not let us."""
        account, client = self._account, self._client
        try:
            with _words():
                if not client.folder_exists(account.taken_folder):
                    client.create_folder(account.taken_folder)
                if client.has_capability("MOVE"):
                    client.move([position.uid], account.taken_folder)
                    return True
                client.copy([position.uid], account.taken_folder)
                client.delete_messages([position.uid])
                if client.has_capability("UIDPLUS"):
                    # Without it EXPUNGE would purge whatever else is marked in the folder.
                    client.expunge([position.uid])
                return True
        except MailboxUnavailable:
            return False

    @property
    def can_wait(self) -> bool:
        """Whether the server tells of new messages by itself (IDLE)."""
        with _words():
            return bool(self._client.has_capability("IDLE"))

    def wait(self, seconds: float) -> bool:
        """IDLE until something arrives or `seconds` are over; whether something arrived."""
        with _words():
            self._client.idle()
            news = list(self._client.idle_check(timeout=seconds))
            # What arrives while it ends is told with its end.
            news += self._client.idle_done()[1]
        return any(len(line) > 1 and line[1] in (b"EXISTS", b"RECENT") for line in news)

    def _fetch(self, uid: int) -> bytes | None:
        with _words():
            size = self._client.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0)
            what = "BODY.PEEK[]" if size <= LARGEST else f"BODY.PEEK[]<0.{_BEGINNING}>"
            answer = self._client.fetch([uid], [what]).get(uid)
        if not answer:
            return None  # somebody else took it meanwhile
        found = next((v for k, v in answer.items() if k.startswith(b"BODY[]")), None)
        return found if isinstance(found, bytes) else None


@contextlib.contextmanager
def _words() -> Iterator[None]:
    try:
        yield
    except (IMAPClientError, OSError, reach.HostRefused) as error:
        raise MailboxUnavailable(str(error) or type(error).__name__) from error
