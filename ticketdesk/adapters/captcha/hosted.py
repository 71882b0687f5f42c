"""Cloudflare Turnstile and hCaptcha: they ask the person, we ask them about the answer."""

from typing import Any

import httpx

from ticketdesk.adapters.captcha.base import Verdict
from ticketdesk.adapters.outward.http import client_of
from ticketdesk.errors import Unavailable

_LONGEST = 5.0  # seconds; a person waits for this
_LARGEST = 256 * 1024


class _SiteVerify:
    """The protocol both services share: POST secret, response and remoteip, read `success`.

    Args:
        secret: the organization's secret key at the service.
        client: how to reach it; tests bring their own transport.
    """

    address: str

    def __init__(self, secret: str, client: httpx.Client | None = None) -> None:
        self._secret = secret
        self._client = client or client_of(self.address, _LONGEST, _LARGEST)

    def challenge(self, organization_id: str) -> dict[str, Any] | None:
        """Return None: the service's own script asks the person."""
        return None

    def verify(self, answer: str, organization_id: str, address: str) -> Verdict:
        """Ask the service; it refuses the same answer a second time by itself."""
        form = {"secret": self._secret, "response": answer, "remoteip": address}
        try:
            reply = self._client.post(self.address, data=form)
            reply.raise_for_status()
            return Verdict(reply.json().get("success") is True)
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable("The check against spam does not answer. Try again soon.") from error


class Turnstile(_SiteVerify):
    """Cloudflare Turnstile."""

    address = "https://challenges.cloudflare.com/turnstile/v0/siteverify"


class HCaptcha(_SiteVerify):
    """hCaptcha."""

    address = "https://api.hcaptcha.com/siteverify"
