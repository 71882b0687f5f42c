"""The MIME tree → bodies, files and report parts."""

import email.message
import mimetypes
from dataclasses import dataclass, field

from ticketdesk.services.mail.inbound import tnef
from ticketdesk.services.mail.inbound.bulk import Bulk
from ticketdesk.services.mail.inbound.charsets import decode
from ticketdesk.services.mail.inbound.filenames import safe_filename
from ticketdesk.services.mail.inbound.flowed import unflow
from ticketdesk.services.mail.inbound.headers import Headers, readable
from ticketdesk.services.mail.inbound.message import InboundFile
from ticketdesk.services.mail.inbound.payload import content_of, raw_of, type_of

MAX_PARTS = 500
MAX_BODY = 500_000
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset({"text/rfc822-headers", "message/rfc822", "message/global"})
_SEALS = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


@dataclass(slots=True)
class Parts:
    """What a tree holds. Bodies are joined in order; `machine` are the parts of a report."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    files: list[InboundFile] = field(default_factory=list)
    machine: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bulk: Bulk = field(default_factory=Bulk)


def collect(message: email.message.Message, bulk: Bulk) -> Parts:
    """Walk the tree once; what is beyond `MAX_PARTS` stays in the original only."""
    parts = Parts(bulk=bulk)
    is_report = type_of(message) in {"multipart/report", "multipart/mixed"} and _has_report(message)
    queue, taken = [message], 0
    while queue:
        part = queue.pop(0)
        taken += 1
        if taken > MAX_PARTS:
            parts.notes.append(f"more than {MAX_PARTS} parts; the rest is in the original only")
            break
        kind = type_of(part)
        if kind in _REPORTS or (kind in _RETURNED and is_report):
            parts.machine.append((kind, _report_text(part, bulk)))
        elif kind in _RETURNED and kind != "text/rfc822-headers":
            _add_message(parts, part)
        elif part.is_multipart():
            children = part.get_payload()
            queue[:0] = [c for c in children if isinstance(c, email.message.Message)]
        else:
            _add_leaf(parts, part, kind)
    return parts


def _has_report(message: email.message.Message) -> bool:
    children = message.get_payload()
    return isinstance(children, list) and any(type_of(c) in _REPORTS for c in children)


def _report_text(part: email.message.Message, bulk: Bulk) -> str:
    return decode(raw_of(part, bulk)[:MAX_BODY], "utf-8")[0]


def _add_message(parts: Parts, part: email.message.Message) -> None:
    """An attached mail stays whole: its words are not its carrier's."""
    inner = part.get_payload()
    inside = inner[0] if isinstance(inner, list) and inner else None
    headers = Headers.of(inside.raw_items()) if isinstance(inside, email.message.Message) else None
    title = headers.get("subject") if headers else ""
    name = part.get_filename() or f"{title or 'message'}.eml"
    content = (
        raw_of(inside, parts.bulk)
        if isinstance(inside, email.message.Message)
        else content_of(part, parts.bulk)
    )
    filename = safe_filename(name, "message/rfc822", len(parts.files) + 1)
    parts.files.append(InboundFile(filename, "message/rfc822", content))


def _add_leaf(parts: Parts, part: email.message.Message, kind: str) -> None:
    disposition = readable(str(part.get("Content-Disposition", ""))).split(";")[0].strip().lower()
    filename = part.get_filename()
    is_body = kind in {"text/plain", "text/html"} and disposition != "attachment" and not filename
    if is_body:
        _add_body(parts, part, kind)
        return
    if kind in _SEALS:
        return
    content = content_of(part, parts.bulk)
    if kind.startswith("multipart/"):
        # A multipart whose boundary never comes: what is there is all the text there is.
        parts.texts.append(decode(content[:MAX_BODY], None)[0])
        return
    if not content and not filename:
        return
    name = safe_filename(filename, kind, len(parts.files) + 1)
    if tnef.is_tnef(kind, name) and _unwrapped(parts, content):
        return
    content_id = readable(str(part.get("Content-ID", ""))).strip().strip("<>") or None
    parts.files.append(InboundFile(name, kind, content, content_id, inline=disposition == "inline"))
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        parts.notes.append("encrypted or opaquely signed (S/MIME); kept as a file")


def _add_body(parts: Parts, part: email.message.Message, kind: str) -> None:
    raw = content_of(part, parts.bulk, 4 * MAX_BODY)
    text, note = decode(raw[: 4 * MAX_BODY], part.get_content_charset(None))
    if len(text) > MAX_BODY or len(raw) > 4 * MAX_BODY:
        text = text[:MAX_BODY]
        note = f"text cut after {MAX_BODY} characters; the rest is in the original"
    if note:
        parts.notes.append(note)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        parts.htmls.append(text)
        return
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    parts.texts.append(text)


def _unwrapped(parts: Parts, content: bytes) -> bool:
    inside = tnef.unwrap(content)
    if inside is None:
        parts.notes.append("winmail.dat could not be unwrapped; kept as a file")
        return False
    parts.notes.append("winmail.dat unwrapped")
    if inside.text and not any(t.strip() for t in parts.texts):
        parts.texts.append(inside.text)
    if inside.html and not any(h.strip() for h in parts.htmls):
        parts.htmls.append(inside.html)
    for file in inside.files:
        name = safe_filename(file.name, "application/octet-stream", len(parts.files) + 1)
        mime_type = mime_type_of(name)
        parts.files.append(InboundFile(name, mime_type, file.content, file.content_id))
    return True


def mime_type_of(filename: str) -> str:
    """The type a file's name promises; opaque when it promises nothing."""
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
