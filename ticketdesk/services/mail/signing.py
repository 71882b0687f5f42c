"""Signed addresses and Message-IDs: how an answer finds its ticket without anybody guessing one.

The signature covers the organization, so an address of one desk opens nothing in another, and is
written in lower-case base32, since gateways fold the case of local parts.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PLUS = re.compile(
    r"^(?P<base>.+)\+(?P<kind>[tbn])(?P<number>\d{1,10})\.(?P<sig>[a-z2-7]{12})$", re.I
)
_MESSAGE_ID = re.compile(
    r"^<?(?P<ref>[a-z]+_[a-z0-9-]+)\.(?P<kind>[tn])(?P<number>\d{1,10})\.(?P<sig>[a-z2-7]{16})@[^<>@\s]+>?$",
    re.I,
)


def derive_key(secret_key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses of the secret key share one (RFC 5869)."""
    return HKDF(SHA256(), length=32, salt=None, info=f"ticketdesk/{purpose}".encode()).derive(
        secret_key
    )


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and reads the signed addresses and Message-IDs of one organization.

    `key` comes from `derive_key(…, "mail")`.
    """

    key: bytes
    organization_id: str

    def plus_address(self, base: str, number: int) -> str:
        """`support@x` and 1001 → `support+t1001.<sig>@x`: answers go here."""
        return self._plus(base, "t", number)

    def note_address(self, base: str, number: int) -> str:
        """`support@x` and 1001 → `support+n1001.<sig>@x`: an agent's answer here stays inside."""
        return self._plus(base, "n", number)

    def bounce_address(self, base: str, number: int) -> str:
        """`support@x` and 1001 → `support+b1001.<sig>@x`: the envelope sender, bounces go here."""
        return self._plus(base, "b", number)

    def read_plus(self, address: str) -> tuple[str, int] | None:
        """("t", "b" or "n", ticket number) of a validly signed plus-address of ours, else None."""
        local, _, domain = address.rpartition("@")
        found = _PLUS.match(local)
        if not found:
            return None
        kind, number = found["kind"].lower(), int(found["number"])
        expected = self._signature(f"{kind}{number}", 12)
        # The base and the domain stay unsigned: a company may move its mail to another address.
        return (kind, number) if domain and _same(expected, found["sig"]) else None

    def message_id(self, reference: str, number: int, domain: str, *, is_note: bool = False) -> str:
        """`<reference.t1001.<sig>@domain>`; `reference` is the id of the outbox row.

        `is_note` marks a mail about an internal note (`n` in place of `t`).
        """
        body = f"{reference}.{'n' if is_note else 't'}{number}"
        return f"<{body}.{self._signature(body, 16)}@{domain}>"

    def read_message_id(self, message_id: str) -> tuple[str, int] | None:
        """(reference, ticket number) of a Message-ID that we signed, else None."""
        found = _MESSAGE_ID.match(message_id.strip())
        if not found:
            return None
        reference, number = found["ref"], int(found["number"])
        expected = self._signature(f"{reference}.{found['kind'].lower()}{number}", 16)
        return (reference, number) if _same(expected, found["sig"]) else None

    def is_about_note(self, message_id: str) -> bool:
        """Whether a Message-ID that we signed is that of a mail about an internal note."""
        found = _MESSAGE_ID.match(message_id.strip())
        return bool(found and found["kind"] in "nN" and self.read_message_id(message_id))

    def _plus(self, base: str, kind: str, number: int) -> str:
        local, _, domain = base.rpartition("@")
        return f"{local}+{kind}{number}.{self._signature(f'{kind}{number}', 12)}@{domain}"

    def _signature(self, text: str, length: int) -> str:
        digest = hmac.new(self.key, f"{self.organization_id}/{text}".encode(), hashlib.sha256)
        return base64.b32encode(digest.digest()).decode().lower()[:length]


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.lower().encode())
