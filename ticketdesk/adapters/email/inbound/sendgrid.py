"""SendGrid Inbound Parse: the raw message or its parsed form, signed by a security policy."""

import base64
import binascii
import json
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.email.inbound.call import Call, Form
from ticketdesk.adapters.email.inbound.rebuild import Piece, rebuild, split_headers
from ticketdesk.adapters.email.inbound.times import require_recent
from ticketdesk.adapters.email.provider import IncomingEmail

TOLERANCE = timedelta(minutes=5)
_SIGNATURE = "x-twilio-email-event-webhook-signature"
_TIMESTAMP = "x-twilio-email-event-webhook-timestamp"


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """Check the ECDSA signature over timestamp and body with the policy's `public_key`.

    Raises `SignatureRefused` for a wrong, missing or old one.
    """
    timestamp = call.headers.get(_TIMESTAMP, "")
    require_recent(timestamp, call.at, TOLERANCE)
    try:
        key = load_der_public_key(base64.b64decode(secrets.get("public_key") or ""))
        signature = base64.b64decode(call.headers.get(_SIGNATURE, ""), validate=True)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise SignatureRefused("The public key is no elliptic-curve key.")
        key.verify(signature, timestamp.encode() + call.body, ec.ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise SignatureRefused("SendGrid's signature does not fit.") from error


def read(call: Call, secrets: dict[str, Any]) -> IncomingEmail:
    """The message of a call; raises `Unreadable` for a body that is no form."""
    form = call.form()
    if raw := form.fields.get("email"):
        return IncomingEmail(raw, *_envelope(form))
    return IncomingEmail(_rebuilt(form), *_envelope(form))


def _envelope(form: Form) -> tuple[tuple[str, ...], str | None]:
    try:
        envelope = json.loads(form.text("envelope") or "{}")
    except ValueError:
        return (), None
    if not isinstance(envelope, dict):
        return (), None
    to = envelope.get("to") or []
    sender = envelope.get("from")
    addresses = tuple(a for a in to if isinstance(a, str)) if isinstance(to, list) else ()
    return addresses, sender if isinstance(sender, str) else None


def _rebuilt(form: Form) -> bytes:
    headers = split_headers(form.text("headers"))
    if not headers:
        names = ("from", "to", "cc", "subject")
        headers = [(n.title(), form.text(n)) for n in names if form.text(n)]
    ids = {field: cid for cid, field in _mapping(form, "content-ids").items()}
    info = _mapping(form, "attachment-info")
    pieces = []
    for file in form.files:
        about = info.get(file.field_name)
        kind = about.get("type", "") if isinstance(about, dict) else file.mime_type
        cid = ids.get(file.field_name, "")
        pieces.append(Piece(file.filename, str(kind), file.content, str(cid)))
    return rebuild(headers, form.text("text"), form.text("html"), pieces)


def _mapping(form: Form, name: str) -> dict[str, Any]:
    try:
        value = json.loads(form.text(name) or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
