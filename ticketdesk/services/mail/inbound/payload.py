"""Bytes and types of single MIME parts, whatever the part claims about itself."""

import binascii
import copy
import email.generator
import email.message
import io
from email.policy import compat32

from ticketdesk.services.mail.inbound.bulk import Bulk
from ticketdesk.services.mail.inbound.charsets import is_charset

_KEPT = compat32.clone(linesep="\r\n")


def type_of(part: email.message.Message) -> str:
    """The content type in lower case; a broken one is read as plain text (RFC 2045, 5.2)."""
    try:
        return part.get_content_type()
    except (ValueError, TypeError, LookupError, AttributeError):
        return "text/plain"


def content_of(part: email.message.Message, bulk: Bulk, limit: int | None = None) -> bytes:
    """The decoded bytes of a leaf (large ones about `limit`); undecodable base64 as it stands."""
    token = _undecoded(part)
    if bulk.slices and len(token) < 200:
        content = bulk.content(token, str(part.get("Content-Transfer-Encoding", "")), limit)
        if content is not None:
            return content
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, binascii.Error, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return _undecoded(part).encode("utf-8", "surrogateescape")


def _undecoded(part: email.message.Message) -> str:
    try:
        if not is_charset(str(part.get_param("charset", "ascii"))):
            # It would decode 8-bit text by that name.
            part = copy.copy(part)
            part.del_param("charset")
        payload = part.get_payload()
    # It decodes 8-bit text by the declared charset, whatever that says.
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return payload if isinstance(payload, str) else ""


def raw_of(part: email.message.Message, bulk: Bulk) -> bytes:
    """The part's own source, headers included; for message/* parts that of what they carry."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        return b"\r\n".join(raw_of(child, bulk) for child in part.get_payload())
    buffer = io.BytesIO()
    try:
        generator = email.generator.BytesGenerator(buffer, mangle_from_=False, policy=_KEPT)
        generator.flatten(part)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return content_of(part, bulk)
    return bulk.restore(buffer.getvalue())
