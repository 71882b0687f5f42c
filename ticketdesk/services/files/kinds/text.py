"""Whether bytes are text, and whether that text is a page or a picture in disguise."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that no text holds (WHATWG MIME Sniffing, binary data byte), the escape of terminals aside.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_LEADING = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|meta"
    r"|form|img|link|object|embed|base)(?=[\s>/])",
    re.IGNORECASE,
)
_XML_PAGE = re.compile(r"<(?:!doctype\s+html|html)(?=[\s>/])", re.IGNORECASE)
_SVG = re.compile(
    r"(?:<!doctype[^>\[]*(?:\[.*?\])?[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?svg(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)


def decode(head: bytes) -> str | None:
    """Return the head of a file as text, or None when it is none."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "replace")
    if _BINARY.search(head):
        return None
    return head.decode("utf-8", "replace")


def by_text(head: bytes) -> str | None:
    """Return text/html, image/svg+xml or text/plain for text, None for anything else."""
    words = decode(head)
    if words is None:
        return None
    words = words.lstrip("\ufeff")
    rest = words[_LEADING.match(words).end() :]  # type: ignore[union-attr]
    if _SVG.match(rest):
        return "image/svg+xml"
    # In XML any element may be called `a` or `title`; only its root makes it a page.
    page = _XML_PAGE if words.lstrip()[:5].lower() == "<?xml" else _PAGE
    return "text/html" if page.match(rest) else "text/plain"
