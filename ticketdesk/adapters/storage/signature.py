"""Expiring signatures of our own file addresses, bound to file, variant and way of opening."""

import hashlib
import hmac
from urllib.parse import urlencode

from ticketdesk import clock
from ticketdesk.settings import settings

VARIANTS = ("original", "thumbnail", "preview")
LONGEST = 7 * 24 * 3600


def _sign(file_id: str, variant: str, disposition: str, expires: int) -> str:
    key = hmac.new(settings().secret_key, b"files:signed-address", hashlib.sha256).digest()
    said = "\n".join((file_id, variant, disposition, str(expires)))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def query(
    file_id: str, expires_in: int, *, variant: str = "original", disposition: str = "attachment"
) -> str:
    """Return the query string that opens a file for `expires_in` seconds, at most a week."""
    expires = int(clock.now().timestamp()) + min(max(expires_in, 1), LONGEST)
    return urlencode(
        {
            "disposition": disposition,
            "expires": expires,
            "signature": _sign(file_id, variant, disposition, expires),
        }
    )


def is_genuine(file_id: str, variant: str, disposition: str, expires: str, signature: str) -> bool:
    """Whether we made this signature, expired or not."""
    if not (expires.isascii() and expires.isdigit() and len(expires) <= 12):
        return False
    wanted = _sign(file_id, variant, disposition, int(expires))
    return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))


def has_expired(expires: str) -> bool:
    """Whether the moment of a genuine signature has passed."""
    return int(expires) <= clock.now().timestamp()
