"""Any bytes → `ParsedMail`; the first step, and the only one that meets raw input."""

import email
import email.errors
import email.message
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ticketdesk.services.mail.inbound.addresses import addresses_of
from ticketdesk.services.mail.inbound.bulk import hollow
from ticketdesk.services.mail.inbound.guarded import GUARDED, GuardedMessage
from ticketdesk.services.mail.inbound.headers import Headers
from ticketdesk.services.mail.inbound.message import ParsedMail
from ticketdesk.services.mail.inbound.parts import collect
from ticketdesk.services.mail.inbound.payload import type_of
from ticketdesk.services.mail.lines import one_line

MAX_SIZE = 50 * 1024 * 1024
MAX_REFERENCES = 200
_HEADER_ROOM = 2_000_000
_MESSAGE_ID = re.compile(r"<[^<>\s\0]{1,400}>")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-forwarded-to", "x-envelope-to")


class Unreadable(Exception):
    """The bytes are no message that could be shown; the text says why, for a person."""


def parse(raw: bytes) -> ParsedMail:
    """Read a message. Raises `Unreadable` for emptiness, a body beyond 50 MB, and bare noise."""
    if not raw.strip():
        raise Unreadable("the message is empty")
    if len(raw) > MAX_SIZE:
        raise Unreadable(f"the message is larger than {MAX_SIZE // 1024 // 1024} MB")
    small, bulk, note = hollow(raw)
    message, notes = _tree(small)
    if note:
        notes.append(note)
    headers = Headers.of(message.raw_items())
    if not headers.fields:
        raise Unreadable("there is not one header field")
    parts = collect(message, bulk)
    sender = next(iter(addresses_of(headers, "from") or addresses_of(headers, "sender")), None)
    return ParsedMail(
        headers=headers,
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        subject=one_line(headers.get("subject"), 500),
        sender=sender,
        reply_to=addresses_of(headers, "reply-to"),
        to=addresses_of(headers, "to", "resent-to"),
        cc=addresses_of(headers, "cc"),
        delivered_to=addresses_of(headers, *_DELIVERED),
        date=_date(headers.get("date")),
        content_type=type_of(message),
        text=_joined(parts.texts),
        html="\n".join(h for h in parts.htmls if h.strip()),
        files=tuple(parts.files),
        machine_parts=tuple(parts.machine),
        notes=tuple(dict.fromkeys((*notes, *parts.notes))),
    )


def _tree(raw: bytes) -> tuple[email.message.Message, list[str]]:
    head, body = _halves(raw)
    if len(head) > _HEADER_ROOM:
        # Megabytes of headers are cut before the parser turns each line into objects.
        raw = head[:_HEADER_ROOM] + b"\n\n" + body
    try:
        return email.message_from_bytes(raw, policy=GUARDED), []
    # The parser nests with the message; its other complaints are bugs on input it should take.
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        plain = GuardedMessage(policy=GUARDED)
        plain.set_payload(body[:_HEADER_ROOM].decode("utf-8", "replace"))
        for line in head.split(b"\n")[:500]:
            name, colon, value = line.decode("utf-8", "replace").partition(":")
            if colon and name.strip() and not line[:1].isspace():
                plain[name.strip()] = value.strip().replace("\r", "")
        del plain["Content-Type"], plain["Content-Transfer-Encoding"]
        return plain, ["the structure is too broken to be read; shown as plain text"]


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    found = _BLANK_LINE.search(raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")


def _joined(texts: list[str]) -> str:
    return "\n\n".join(t.strip("\n") for t in texts if t.strip())


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    found = [one for value in headers.raw(name) for one in _MESSAGE_ID.findall(value)]
    if not found and headers.raw(name):
        # Some programs write the id without its brackets.
        bare = headers.raw(name)[0].strip("<> ")
        found = [f"<{bare}>"] if "@" in bare and not re.search(r"[\s\0]", bare) else []
    unique = tuple(dict.fromkeys(found))
    return unique if len(unique) <= MAX_REFERENCES else (unique[0], *unique[-MAX_REFERENCES:])


def _date(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
