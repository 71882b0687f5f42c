"""Postmark's inbound webhook: JSON, authorised by user name and password in the address."""

import hmac
from typing import Any

from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.email.inbound.call import Call, Unreadable
from ticketdesk.adapters.email.inbound.rebuild import Piece, as_it_came, decoded, rebuild
from ticketdesk.adapters.email.provider import IncomingEmail


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """Compare user name and password, which Postmark has no signature beside.

    Raises `SignatureRefused`.
    """
    user, password = call.basic_auth()
    wanted = (str(secrets.get("user") or ""), str(secrets.get("password") or ""))
    same_user = hmac.compare_digest(user.encode(), wanted[0].encode())
    same_password = hmac.compare_digest(password.encode(), wanted[1].encode())
    if not (wanted[0] and wanted[1] and same_user and same_password):
        raise SignatureRefused("User name or password of Postmark's webhook do not fit.")


def read(call: Call, secrets: dict[str, Any]) -> IncomingEmail:
    """The message of a call: the raw one where Postmark includes it, else put together again."""
    body = call.json()
    to = tuple(filter(None, [_text(body, "OriginalRecipient")]))
    if raw := _text(body, "RawEmail"):
        return IncomingEmail(as_it_came(raw), to)
    headers = [(_text(entry, "Name"), _text(entry, "Value")) for entry in _entries(body, "Headers")]
    given = {name.lower() for name, _ in headers}
    for name in ("From", "To", "Cc", "Subject", "Date", "ReplyTo"):
        header = {"ReplyTo": "Reply-To"}.get(name, name)
        if header.lower() not in given and _text(body, name):
            headers.append((header, _text(body, name)))
    if "message-id" not in given and _text(body, "MessageID"):
        headers.append(("Message-ID", f"<{_text(body, 'MessageID')}@inbound.postmarkapp.com>"))
    if not headers:
        raise Unreadable("The JSON holds no message.")
    pieces = [
        Piece(
            _text(entry, "Name"),
            _text(entry, "ContentType"),
            decoded(_text(entry, "Content")),
            _text(entry, "ContentID"),
        )
        for entry in _entries(body, "Attachments")
    ]
    return IncomingEmail(
        rebuild(headers, _text(body, "TextBody"), _text(body, "HtmlBody"), pieces), to
    )


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _entries(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = body.get(name)
    return [e for e in value if isinstance(e, dict)] if isinstance(value, list) else []
