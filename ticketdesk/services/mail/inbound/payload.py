"""Bytes and types of single MIME parts, whatever the part claims about itself."""

import binascii
import email.generator
import email.message
import io
from email.policy import compat32

_KEPT = compat32.clone(linesep="\r\n")


def type_of(part: email.message.Message) -> str:
    """The content type in lower case; a broken one is read as plain text (RFC 2045, 5.2)."""
    try:
        return part.get_content_type()
    except (ValueError, TypeError, LookupError, AttributeError):
        return "text/plain"


def content_of(part: email.message.Message) -> bytes:
    """The decoded bytes of a leaf; undecodable base64 is taken as it stands."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, binascii.Error, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def raw_of(part: email.message.Message) -> bytes:
    """The part's own source, headers included; for message/* parts that of what they carry."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        return b"\r\n".join(raw_of(child) for child in part.get_payload())
    buffer = io.BytesIO()
    try:
        generator = email.generator.BytesGenerator(buffer, mangle_from_=False, policy=_KEPT)
        generator.flatten(part)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return content_of(part)
    return buffer.getvalue()
