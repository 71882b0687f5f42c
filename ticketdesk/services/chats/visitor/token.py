"""The visitor's token: signed, expiring, good for one conversation of one organization."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from ticketdesk import clock
from ticketdesk.errors import Unauthenticated
from ticketdesk.settings import settings

GOOD_FOR = timedelta(days=30)
RENEWED_AFTER = timedelta(days=1)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token proves."""

    organization_id: str
    chat_id: str
    until: datetime

    @property
    def is_worn(self) -> bool:
        """Whether it is time for a fresh one, so that a browser in use never loses its history."""
        return self.until - clock.now() < GOOD_FOR - RENEWED_AFTER


def issue(organization_id: str, chat_id: str) -> str:
    """Return a token for a conversation, good for 30 days."""
    until = int((clock.now() + GOOD_FOR).timestamp())
    said = f"{organization_id} {chat_id} {until}"
    return f"{_packed(said.encode())}.{_packed(_signature(said))}"


def read(token: str) -> Pass:
    """Return what a token proves.

    Raises:
        Unauthenticated: forged, altered, expired, or none of ours; never told apart.
    """
    content, _, signed = token[:_LONGEST].partition(".")
    try:
        said = _unpacked(content).decode()
        given = _unpacked(signed)
    except (binascii.Error, ValueError) as error:
        raise _refused() from error
    if not hmac.compare_digest(_signature(said), given):
        raise _refused()
    organization_id, chat_id, until = said.split(" ")
    proven = Pass(organization_id, chat_id, datetime.fromtimestamp(int(until), clock.now().tzinfo))
    if proven.until <= clock.now():
        raise _refused()
    return proven


def _signature(said: str) -> bytes:
    key = hmac.new(settings().secret_key, b"chats:visitor", hashlib.sha256).digest()
    return hmac.new(key, said.encode(), hashlib.sha256).digest()


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _refused() -> Unauthenticated:
    return Unauthenticated("This conversation is over. Start a new one.", code="visit_over")
