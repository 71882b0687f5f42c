"""Tokens and passwords: how they are made, hashed and compared."""

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ticketdesk.errors import Invalid

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def new_token(prefix: str) -> str:
    """Return a fresh token with 256 bits of chance behind a readable prefix."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def token_hash(token: str) -> str:
    """Return what is stored of a token; being random, it needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str, field: str = "password") -> str:
    """Return the argon2id hash of a password.

    Raises:
        Invalid: shorter than 10 or longer than 200 characters.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        message = f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        raise Invalid(message, fields={field: message})
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(16))


def password_matches(password_hash: str | None, password: str) -> bool:
    """Compare a password with a hash, taking as long when there is no hash."""
    try:
        _hasher.verify(password_hash or _nobodys_hash(), password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
