"""Amazon SNS messages: signature check and the confirmation of a subscription."""

import base64
import binascii
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509 import load_pem_x509_certificate

from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.outward.http import client_of
from ticketdesk.errors import Unavailable

_HOST = re.compile(r"^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$")
_LONGEST = 10.0  # seconds
_LARGEST = 256 * 1024
# The fields that are signed, in this order (SNS developer guide, Verifying the signatures).
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = (
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
)


def verify(message: dict[str, Any], topic: str) -> None:
    """Check that SNS signed `message` and that it belongs to `topic` (an ARN).

    Raises `SignatureRefused`.
    """
    if not topic or message.get("TopicArn") != topic:
        raise SignatureRefused("The message is of another topic.")
    url = str(message.get("SigningCertURL") or "")
    if not is_amazons(url) or not urlsplit(url).path.endswith(".pem"):
        raise SignatureRefused("The certificate is not Amazon's.")
    try:
        signature = base64.b64decode(str(message.get("Signature") or ""), validate=True)
        key = _key(url)
        digest = SHA256() if str(message.get("SignatureVersion")) == "2" else SHA1()
        key.verify(signature, _signed(message).encode(), padding.PKCS1v15(), digest)
    except (InvalidSignature, binascii.Error, ValueError, httpx.HTTPError) as error:
        raise SignatureRefused("SNS's signature does not fit.") from error


def confirm(message: dict[str, Any]) -> None:
    """Confirm the subscription that a verified message announces.

    Raises `SignatureRefused` for an address that is not SNS's, `Unavailable` to be told again.
    """
    url = str(message.get("SubscribeURL") or "")
    if not is_amazons(url):
        raise SignatureRefused("The address of confirmation is not Amazon's.")
    try:
        _get(url)
    except httpx.HTTPError as error:
        raise Unavailable("Amazon's address of confirmation does not answer.") from error


def is_amazons(url: str) -> bool:
    """Whether an address belongs to SNS, so that a forged one makes us fetch nothing."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(_HOST.match(host)) and not port


def _signed(message: dict[str, Any]) -> str:
    is_notification = message.get("Type") == "Notification"
    names = _NOTIFICATION if is_notification else _CONFIRMATION
    return "".join(f"{n}\n{message[n]}\n" for n in names if message.get(n) is not None)


def _key(url: str) -> rsa.RSAPublicKey:
    key = load_pem_x509_certificate(certificate(url)).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise SignatureRefused("The certificate holds no RSA key.")
    return key


@lru_cache(maxsize=16)
def certificate(url: str) -> bytes:
    """Fetch a signing certificate once; its address was checked to be Amazon's."""
    return _get(url)


def _get(url: str) -> bytes:
    with client_of(url, _LONGEST, _LARGEST) as calling:
        return calling.get(url).raise_for_status().content
