"""ALTCHA: a proof of work of our own hosting; nobody else hears of the visitor."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha

from ticketdesk import clock
from ticketdesk.adapters.captcha.base import Verdict

ALGORITHM = "PBKDF2/SHA-256"
COST = 1000
# About half a second on a phone, a tenth on a laptop; a second of a spammer's core per form.
LEAST_WORK, MOST_WORK = 300, 1200
LASTS = timedelta(minutes=20)
_LONGEST = 4000


class Altcha:
    """Makes and checks challenges, bound to one organization's form.

    Args:
        secret: the installation's secret key; two keys of its own are derived from it.
    """

    def __init__(self, secret: bytes) -> None:
        self._sign = hmac.new(secret, b"altcha:challenge", hashlib.sha256).digest()
        self._key = hmac.new(secret, b"altcha:key", hashlib.sha256).digest()

    def challenge(self, organization_id: str) -> dict[str, Any]:
        """Return a fresh challenge that is good for 20 minutes."""
        made = altcha.create_challenge(
            ALGORITHM,
            COST,
            counter=LEAST_WORK + secrets.randbelow(MOST_WORK - LEAST_WORK),
            expires_at=clock.now() + LASTS,
            data={"organizationId": organization_id},
            hmac_secret=self._sign,
            hmac_key_secret=self._key,
        )
        return made.to_dict()

    def verify(self, answer: str, organization_id: str, address: str) -> Verdict:
        """Check the solution of a challenge of this organization's."""
        parameters, signature = _read(answer)
        data, expires_at = parameters.get("data"), parameters.get("expiresAt")
        if not isinstance(data, dict) or data.get("organizationId") != organization_id:
            return Verdict(False)
        if not isinstance(expires_at, int) or not 0 < expires_at < 2**33:
            return Verdict(False)
        until = datetime.fromtimestamp(expires_at, UTC)
        if until < clock.now():
            return Verdict(False)
        result = altcha.verify_solution(answer, self._sign, hmac_key_secret=self._key)
        return Verdict(result.verified, once=signature, until=until)


def _read(answer: str) -> tuple[dict[str, Any], str]:
    """Return parameters and signature of a payload; empty where it is none."""
    try:
        payload = json.loads(base64.b64decode(answer[:_LONGEST], validate=True))
        challenge = payload["challenge"]
        parameters, signature = challenge["parameters"], challenge["signature"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, ""
    if not isinstance(parameters, dict) or not isinstance(signature, str):
        return {}, ""
    return parameters, signature
