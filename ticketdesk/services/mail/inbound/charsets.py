"""Bytes of any charset, declared rightly, wrongly or not at all → text."""

import codecs

import charset_normalizer

# What mail programs write and Python does not know, or knows too narrowly: browsers read latin-1 as
# windows-1252 and gb2312 as gb18030 (WHATWG Encoding), and so did whoever checked how a mail looks.
_ALIASES = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "ansi_x3.4-1968": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "cp-850": "cp850",
}
# Python's own notations, no charsets of mail; the first two take hours for a body of a megabyte.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_GUESS_FROM = 65_536
# What undeclared mail is written in; among everything Python knows, short texts fit anything.
_LIKELY = [
    "windows-1251", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949", "windows-1250",
    "windows-1253", "windows-1255", "windows-1256", "cp874", "windows-1252", "iso8859_2",
]  # fmt: skip
_WESTERN = 0.3


def decode(raw: bytes, declared: str | None) -> tuple[str, str | None]:
    """Text of `raw`, and a note when the declared charset did not fit.

    Order: a byte-order mark, the declared charset, UTF-8, a statistical guess, and last
    windows-1252 with marks for what it lacks; so it never fails. NUL and lone surrogates, which
    no database takes, are dropped.
    """
    if raw.startswith(codecs.BOM_UTF8):
        return clean(raw.decode("utf-8-sig", "replace")), None
    name = (declared or "").strip().strip("\"'").lower()
    if name:
        text = _strictly(raw, _ALIASES.get(name, name))
        if text is not None:
            return clean(text), None
    text = _strictly(raw, "utf-8")
    if text is not None:
        note = f"declared charset {name!r} did not fit; read as UTF-8" if name else None
        return clean(text), note
    return _guess(raw, name)


def clean(text: str) -> str:
    """`text` without NUL and lone surrogates."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text


def is_charset(name: str) -> bool:
    """Whether Python can read text of mail by this name."""
    try:
        return codecs.lookup(name).name.replace("_", "-") not in _NO_CHARSETS
    except (LookupError, ValueError, UnicodeError):
        return False


def _strictly(raw: bytes, encoding: str) -> str | None:
    if not is_charset(encoding):
        return None
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(raw: bytes, name: str) -> tuple[str, str]:
    head = raw[:_GUESS_FROM]
    encoding = "windows-1252"
    # A few letters beyond ASCII among many within are accents; other scripts are made of them.
    if sum(byte > 127 for byte in head) > _WESTERN * len(head):
        best = charset_normalizer.from_bytes(head, cp_isolation=_LIKELY).best()
        encoding = best.encoding if best else encoding
    text = raw.decode(encoding, "replace")
    return clean(text), f"charset {name or 'unknown'!r} did not fit; read as {encoding}"
