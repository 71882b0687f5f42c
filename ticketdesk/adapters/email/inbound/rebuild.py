"""A provider's own form → a raw message, where the provider keeps the original to itself."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import MIMEPart
from email.policy import SMTP

# These describe the original's own MIME structure, which the provider has taken apart.
_STRUCTURE = re.compile(r"^(content-.*|mime-version)$", re.IGNORECASE)
_NAME = re.compile(r"[!-9;-~]{1,200}")
_BREAKS = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that came with the form."""

    filename: str
    mime_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


def rebuild(
    headers: Iterable[tuple[str, str]], text: str, html: str, pieces: Iterable[Piece]
) -> bytes:
    """A message with the original's header fields and the bodies and files of the form.

    The same form gives the same bytes: what a provider delivers twice is known again by them.
    """
    lines = [
        f"{name}: {_BREAKS.sub(' ', value)}"
        for name, value in headers
        if _NAME.fullmatch(name) and not _STRUCTURE.match(name)
    ]
    body = MIMEPart(policy=SMTP)
    body.set_content(_sound(text), charset="utf-8", cte="base64")
    if html:
        body.add_alternative(_sound(html), subtype="html", charset="utf-8", cte="base64")
    for piece in pieces:
        _add(body, piece)
    for position, part in enumerate(body.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_rebuilt-{position}-{_digest(text, html)}")
    head = "\r\n".join(lines).encode("utf-8", "replace")
    return head + b"\r\nMIME-Version: 1.0\r\n" + body.as_bytes()


def split_headers(block: str) -> list[tuple[str, str]]:
    """The name and value of each field of a raw header block, continuation lines joined."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", block)
    pairs = (line.partition(":") for line in unfolded.splitlines())
    return [(name.strip(), value.strip()) for name, colon, value in pairs if colon]


def decoded(content: str) -> bytes:
    """Base64 as providers write it; what is none is taken as it stands."""
    try:
        return base64.b64decode(content, validate=False)
    except ValueError:
        return content.encode("utf-8", "replace")


def as_it_came(raw: str) -> bytes:
    """A raw message inside JSON, byte by byte where its characters stand for bytes."""
    try:
        return raw.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return raw.encode("utf-8", "replace")


def _sound(text: str) -> str:
    """Text without halves of characters, which JSON can hold and mail cannot."""
    return text.encode("utf-8", "replace").decode()


def _digest(*texts: str) -> str:
    joined = "\0".join(texts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()[:32]


def _add(body: MIMEPart, piece: Piece) -> None:
    main, _, sub = piece.mime_type.partition("/")
    if (
        not sub
        or main in {"multipart", "message"}
        or not re.fullmatch(r"[\w.+/-]+", piece.mime_type)
    ):
        main, sub = "application", "octet-stream"
    name = _sound(_BREAKS.sub(" ", piece.filename))
    if piece.content_id:
        cid = f"<{_sound(_BREAKS.sub('', piece.content_id)).strip('<>')}>"
        body.add_attachment(piece.content, main, sub, filename=name, cid=cid, disposition="inline")
    else:
        body.add_attachment(piece.content, main, sub, filename=name)
