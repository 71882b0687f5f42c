"""Name, declared type and content must tell the same story (issue: the kind is never believed)."""

from ticketdesk.errors import UnsupportedKind
from ticketdesk.services.files.kinds import table
from ticketdesk.services.files.kinds.sniff import UNKNOWN
from ticketdesk.services.files.names import ending

# What senders write when they do not know.
_NO_CLAIM = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-binary",
        "application/unknown",
        "application/force-download",
        "application/download",
        "application/x-download",
        "application/save-as",
        "unknown/unknown",
        "multipart/form-data",
        "*/*",
    }
)
_TEXTUAL = frozenset({"text/plain", "text/html", "image/svg+xml"})


def agreed_kind(name: str, declared: str, sniffed: str) -> str:
    """Return the MIME type to store, or refuse what contradicts itself.

    Args:
        name: the file's display name.
        declared: the sender's Content-Type.
        sniffed: what the content is.

    Raises:
        UnsupportedKind: says which of the three disagree.
    """
    last = ending(name)
    said = declared.partition(";")[0].strip().lower()
    if not _name_fits(last, sniffed):
        raise _refusal(f"The file is named .{last}, but its content is {_says(sniffed)}.")
    if said not in _NO_CLAIM and not _type_fits(said, last, sniffed):
        raise _refusal(f"The file was sent as {said[:100]}, but its content is {_says(sniffed)}.")
    return _stored(last, sniffed)


def _name_fits(last: str, sniffed: str) -> bool:
    if sniffed in table.BY_MIME and last in table.BY_MIME[sniffed].endings:
        return True
    if sniffed in _TEXTUAL:
        return last not in table.MARKED_ENDINGS - _LOOSE
    if sniffed == UNKNOWN or sniffed not in table.BY_MIME:
        return last not in table.MARKED_ENDINGS or last in _LOOSE
    return last == "" or not _is_claim(last)


# Endings of marked kinds that many other programs use for files of their own.
_LOOSE = frozenset({"db", "bin", "o", "run", "key", "pub", "pages", "com", "dmp", "cap", "bundle"})


def _is_claim(last: str) -> bool:
    """Whether an ending says anything: `.bak` or `.1` may hold whatever it likes."""
    return last in table.MARKED_ENDINGS | table.TEXTS.keys() | _TEXT_ENDINGS


_TEXT_ENDINGS = frozenset(
    [
        "txt",
        "log",
        "html",
        "htm",
        "xhtml",
        "js",
        "mjs",
        "ts",
        "css",
        "py",
        "rb",
        "php",
        "sh",
        "bat",
        "cmd",
        "ps1",
        "sql",
        "ini",
        "cfg",
        "conf",
        "toml",
    ]
)


def _type_fits(said: str, last: str, sniffed: str) -> bool:
    if sniffed in table.BY_MIME and said in table.BY_MIME[sniffed].aliases:
        return True
    if said in (sniffed, _stored(last, sniffed)):
        return True
    if sniffed in _TEXTUAL:
        return (
            said.startswith("text/")
            or said in table.TEXT_TYPES
            or said in table.TEXT_BY_HABIT.get(last, ())
            or _means_nothing_to_us(said)
        )
    if sniffed in table.BY_MIME and sniffed in table.CONTAINERS:
        return said.startswith(("application/vnd.", "application/x-")) and (
            said not in table.MARKED_TYPES
        )
    if sniffed == UNKNOWN or sniffed not in table.BY_MIME:
        return said not in table.MARKED_TYPES
    return _means_nothing_to_us(said)


def _means_nothing_to_us(said: str) -> bool:
    known = said in table.MARKED_TYPES | table.TEXT_TYPES
    return not known and not said.startswith(("image/", "text/", "audio/", "video/", "font/"))


def _stored(last: str, sniffed: str) -> str:
    if sniffed in table.CONTAINERS and last in table.INSIDE:
        return table.INSIDE[last]
    if sniffed == "text/plain":
        return table.TEXTS.get(last, "text/plain")
    return sniffed


def _says(sniffed: str) -> str:
    if sniffed in table.BY_MIME:
        return table.BY_MIME[sniffed].says
    return {"text/html": "a web page", "text/plain": "text", UNKNOWN: "something else"}.get(
        sniffed, sniffed
    )


def _refusal(message: str) -> UnsupportedKind:
    return UnsupportedKind(message, code="kind_mismatch", fields={"file": message})
