"""One signed POST to a checked address."""

import hashlib
import hmac
import time
from dataclasses import dataclass

import httpx

from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.outward.addresses import AddressRefused, Resolve
from ticketdesk.adapters.outward.http import client

_EXCERPT = 500
_LARGEST = 128 * 1024  # bytes of an answer: any decent head, and an excerpt of what follows
_LONGEST = 15.0  # seconds for one call, however slowly its answer drips


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `status` is None when there was no answer, then `error` says why."""

    status: int | None
    excerpt: str
    error: str
    milliseconds: int

    @property
    def accepted(self) -> bool:
        """Whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the header `t=…,v1=…`: HMAC-SHA256 over `t.body`, so that no request is replayed."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


def post(
    url: str,
    body: bytes,
    *,
    secret: str,
    event: str,
    delivery_id: str,
    look_up: Resolve | None = None,
) -> Outcome:
    """Send one event; redirects are not followed, the connection goes to the checked IP itself.

    Args:
        body: the JSON as bytes; these very bytes are signed.
        delivery_id: the same for every try, so that the receiver can tell a repeat.
    """
    began = time.monotonic()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "TicketDesk-Webhook/1",
        "X-TicketDesk-Event": event,
        "X-TicketDesk-Delivery": delivery_id,
        "X-TicketDesk-Signature": signature(secret, int(time.time()), body),
    }
    try:
        addresses.check_shape(url)
        with (
            client(_LONGEST, _LARGEST, may=addresses.is_public, look_up=look_up) as calling,
            calling.stream("POST", url, content=body, headers=headers) as answer,
        ):
            excerpt = _excerpt(answer)
            return Outcome(answer.status_code, excerpt, _refusal(answer), _since(began))
    except AddressRefused as error:
        return Outcome(None, "", str(error), _since(began))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Outcome(None, "", f"{type(error).__name__}: {error}"[:300], _since(began))


def _refusal(answer: httpx.Response) -> str:
    if answer.is_redirect:
        return "The address redirects elsewhere; redirects are not followed."
    return "" if answer.is_success else f"Answered {answer.status_code}."


def _excerpt(answer: httpx.Response) -> str:
    taken = b""
    try:
        for chunk in answer.iter_raw():
            taken += chunk
            if len(taken) >= _EXCERPT:
                break
    except httpx.HTTPError:
        # It has said whether it took the event; the rest of its words is for reading only.
        taken += b"\n(The answer broke off.)"
    return taken[:_EXCERPT].decode("utf-8", "replace").replace("\x00", "")


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
