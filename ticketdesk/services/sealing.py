"""Secrets that must be read again are kept encrypted with a key derived from the secret key."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from ticketdesk.errors import Unavailable
from ticketdesk.settings import settings


@lru_cache(maxsize=2)
def _box(secret_key: bytes) -> Fernet:
    derived = hmac.new(secret_key, b"sealing", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(secret: str) -> str:
    """Return a secret in a form that may be stored."""
    return _box(settings().secret_key).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret again.

    Raises:
        Unavailable: it was sealed under another secret key.
    """
    try:
        return _box(settings().secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unavailable("This secret cannot be read: the secret key was changed.") from error
