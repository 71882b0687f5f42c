"""DKIM signatures for mail that leaves over plain SMTP (providers with an API sign themselves)."""

from dataclasses import dataclass, field

import dkim

from ticketdesk.adapters.email.failures import DeliveryFailed

_SIGNED_HEADERS = [
    b"from",
    b"to",
    b"cc",
    b"reply-to",
    b"subject",
    b"date",
    b"message-id",
    b"in-reply-to",
    b"references",
    b"mime-version",
    b"content-type",
    b"list-unsubscribe",
]


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A signing key: DNS selector, signing domain and the PEM of an RSA private key."""

    selector: str
    domain: str
    private_key: str = field(repr=False)


def sign(raw: bytes, key: DkimKey) -> bytes:
    """Return `raw` (CRLF lines) with a DKIM-Signature in front (RFC 6376, relaxed/relaxed).

    Raises `DeliveryFailed` for an unreadable key: an unsigned mail would break the domain's DMARC
    promise unnoticed.
    """
    try:
        signature = dkim.sign(
            raw,
            key.selector.encode(),
            key.domain.encode(),
            key.private_key.encode(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=_SIGNED_HEADERS,
        )
    except dkim.DKIMException as error:
        raise DeliveryFailed(f"The DKIM key cannot be used: {error}.", permanent=False) from error
    return signature + raw
