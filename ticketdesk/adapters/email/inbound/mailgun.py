"""Mailgun routes: the raw message (addresses ending in `mime`) or its parsed form."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.email.inbound.call import Call, Form, Unreadable
from ticketdesk.adapters.email.inbound.rebuild import Piece, rebuild
from ticketdesk.adapters.email.inbound.times import require_recent
from ticketdesk.adapters.email.provider import IncomingEmail

TOLERANCE = timedelta(minutes=5)


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """Check the HMAC over timestamp and token with the account's `signing_key`.

    Raises `SignatureRefused` for a wrong, missing or old one.
    """
    try:
        form = call.form()
    except Unreadable as error:
        raise SignatureRefused(str(error)) from error
    key, timestamp = str(secrets.get("signing_key") or ""), form.text("timestamp")
    require_recent(timestamp, call.at, TOLERANCE)
    signed = (timestamp + form.text("token")).encode()
    expected = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    if not key or not hmac.compare_digest(expected.encode(), form.fields.get("signature", b"")):
        raise SignatureRefused("Mailgun's signature does not fit.")


def read(call: Call, secrets: dict[str, Any]) -> IncomingEmail:
    """The message of a call; raises `Unreadable` for a body that is no form."""
    form = call.form()
    to = tuple(filter(None, (part.strip() for part in form.text("recipient").split(","))))
    sender = form.text("sender") or None
    if raw := form.fields.get("body-mime"):
        return IncomingEmail(raw, to, sender)
    return IncomingEmail(_rebuilt(form), to, sender)


def _rebuilt(form: Form) -> bytes:
    headers = [
        (str(pair[0]), str(pair[1]))
        for pair in _json(form, "message-headers", list)
        if isinstance(pair, list) and len(pair) == 2
    ]
    if not headers:
        headers = [(n.title(), form.text(n)) for n in ("from", "subject") if form.text(n)]
        headers.append(("To", form.text("recipient")))
    ids = {str(f): str(c).strip("<>") for c, f in _json(form, "content-id-map", dict).items()}
    pieces = [
        Piece(f.filename, f.mime_type, f.content, ids.get(f.field_name, "")) for f in form.files
    ]
    return rebuild(headers, form.text("body-plain"), form.text("body-html"), pieces)


def _json(form: Form, name: str, kind: type) -> Any:
    try:
        value = json.loads(form.text(name))
    except ValueError:
        return kind()
    return value if isinstance(value, kind) else kind()
