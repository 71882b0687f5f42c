"""One signed POST to a checked address."""

import hashlib
import hmac
import time
from dataclasses import dataclass

import httpx

from ticketdesk.adapters.webhook.addresses import AddressRefused, Resolve, check, resolve

TIMEOUT = httpx.Timeout(10, connect=5)
_EXCERPT = 500
_LONGEST = 15.0  # seconds for the answer's beginning, however slowly it drips


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
    look_up: Resolve = resolve,
) -> Outcome:
    """Send one event; redirects are not followed, the connection goes to the checked IP itself.

    Args:
        body: the JSON as bytes; these very bytes are signed.
        delivery_id: the same for every try, so that the receiver can tell a repeat.
    """
    began = time.monotonic()
    try:
        target = check(url, look_up=look_up)
    except AddressRefused as error:
        return Outcome(None, "", str(error), _since(began))
    host = f"[{target.ip}]" if ":" in target.ip else target.ip
    name = f"[{target.host}]" if ":" in target.host else target.host
    default = 443 if target.scheme == "https" else 80
    headers = {
        "Host": name if target.port == default else f"{name}:{target.port}",
        "Content-Type": "application/json",
        "User-Agent": "TicketDesk-Webhook/1",
        "X-TicketDesk-Event": event,
        "X-TicketDesk-Delivery": delivery_id,
        "X-TicketDesk-Signature": signature(secret, int(time.time()), body),
    }
    try:
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                f"{target.scheme}://{host}:{target.port}{target.path}",
                content=body,
                headers=headers,
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            excerpt = _excerpt(answer, began)
            return Outcome(answer.status_code, excerpt, _refusal(answer), _since(began))
    except httpx.HTTPError as error:
        return Outcome(None, "", f"{type(error).__name__}: {error}"[:300], _since(began))


def _refusal(answer: httpx.Response) -> str:
    if answer.is_redirect:
        return "The address redirects elsewhere; redirects are not followed."
    return "" if answer.is_success else f"Answered {answer.status_code}."


def _excerpt(answer: httpx.Response, began: float) -> str:
    taken = b""
    # As it comes: whoever sends a byte at a time does not hold a worker for long.
    for chunk in answer.iter_raw():
        taken += chunk
        if len(taken) >= _EXCERPT or time.monotonic() - began > _LONGEST:
            break
    return taken[:_EXCERPT].decode("utf-8", "replace").replace("\x00", "")


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
