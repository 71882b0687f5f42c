"""One message of the corpus, and helpers to write messages down."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.corpus.desk import JANE, SENT, SUPPORT


@dataclass(frozen=True)
class Case:
    """What is special about a message, its bytes, and what must come of it.

    `text` is what the reply must be, exactly; `has`/`lacks` are parts of the text; `html` is a part
    of the sanitised HTML; `files` the names of the attachments, in order; `why` a part of a reason.
    """

    name: str
    raw: bytes = field(repr=False)
    result: str = "created"
    text: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    subject: str | None = None
    number: int | None = None
    linked_to: int | None = None
    agent: bool | None = None
    answers: bool | None = None
    author: str | None = None
    files: tuple[str, ...] | None = None
    why: str | None = None


def message(
    body: str | bytes = "Hello.",
    *,
    charset: str = "utf-8",
    kind: str = "text/plain",
    sender: str = f"Jane Doe <{JANE}>",
    to: str = SUPPORT,
    subject: str = "A question",
    extra: Iterable[str] = (),
    message_id: str | None = "<new@customer.example>",
    declared: str | None = None,
) -> bytes:
    """A message with one part; `charset` encodes the body, `declared` is what the header says."""
    content = body if isinstance(body, bytes) else body.encode(charset)
    said = charset if declared is None else declared
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    lines += [f"Message-ID: {message_id}"] if message_id else []
    lines += ["Date: Mon, 02 Mar 2026 11:00:00 +0100", "MIME-Version: 1.0"]
    lines += [f'Content-Type: {kind}; charset="{said}"' if said else f"Content-Type: {kind}"]
    lines += ["Content-Transfer-Encoding: 8bit", *extra]
    return "\n".join(lines).encode("utf-8") + b"\n\n" + content + b"\n"


def reply(body: str | bytes, **changes: object) -> bytes:
    """An answer of Jane's to our mail of ticket 1001."""
    extra = (f"In-Reply-To: {SENT}", f"References: {SENT}", *changes.pop("extra", ()))  # type: ignore[misc]
    settings = {"subject": "Re: Ticket #1001: Cannot log in"} | changes
    return message(body, extra=extra, **settings)  # type: ignore[arg-type]


def multipart(
    *parts: str | bytes,
    kind: str = "mixed",
    extra: Iterable[str] = (),
    close: bool = True,
    boundary: str = "=_corpus",
    **changes: object,
) -> bytes:
    """A message of several parts; each part is its own header and body."""
    pieces = b""
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8")
        pieces += f"--{boundary}\n".encode() + content + b"\n"
    if close:
        pieces += f"--{boundary}--\n".encode()
    raw = message(pieces, kind=f"multipart/{kind}", extra=extra, declared="", **changes)  # type: ignore[arg-type]
    head, _, rest = raw.partition(b"\n\n")
    typed = head.replace(
        f"Content-Type: multipart/{kind}".encode(),
        f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode(),
    )
    return typed + b"\n\n" + rest


def text_part(body: str, charset: str = "utf-8") -> bytes:
    """A text/plain part."""
    return f"Content-Type: text/plain; charset={charset}\n\n".encode() + body.encode(charset)


def html_part(body: str) -> bytes:
    """A text/html part."""
    return b"Content-Type: text/html; charset=utf-8\n\n" + body.encode()


def file_part(name: str, kind: str, content: bytes, *extra: str) -> bytes:
    """An attachment in base64."""
    head = [
        f'Content-Type: {kind}; name="{name}"',
        "Content-Transfer-Encoding: base64",
        *(extra or (f'Content-Disposition: attachment; filename="{name}"',)),
    ]
    return "\n".join(head).encode() + b"\n\n" + base64.encodebytes(content)
