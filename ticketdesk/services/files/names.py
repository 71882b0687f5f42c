"""File names: kept for display, cleaned for disk and headers, refused where they are a trick."""

import re
import unicodedata

from ticketdesk.errors import Invalid

LONGEST_BYTES = 255
_SEPARATORS = re.compile(r"[/\\]")
# With the slashes that their full-width forms become.
_RESERVED = re.compile(r'[<>:"|?*/\\]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
# Marks that reorder or hide letters: `invoice<RLO>fdp.exe` would look like a PDF. Of the formatting
# characters (Cf) only Arabic signs of number are seen; the Hangul fillers are letters and are not.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f")
_HIDDEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def refuse_tricks(name: str) -> None:
    """Refuse a name that no browser sends by itself.

    Raises:
        Invalid: control characters or line breaks, or a path that climbs out of its folder.
    """
    problem = None
    if any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in name):
        problem = "The file's name holds a line break or control character."
    elif ".." in _SEPARATORS.split(name):
        problem = "The file's name leads out of its folder."
    if problem:
        raise Invalid(problem, fields={"file": problem})


def display_name(raw: str) -> str:
    """Return the name as people see it: the last part of a path, visible characters, 255 bytes.

    The ending survives a cut, because it says what the file is.
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", raw))[-1]
    name = "".join(c for c in name if _is_visible(c))
    name = " ".join(name.split()).strip(". ") if set(name) <= {".", " "} else " ".join(name.split())
    return _cut(name) or "file"


def disk_name(raw: str) -> str:
    """Return a name that every file system and archive takes: plain letters, no reserved ones."""
    shown = display_name(raw)
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode().strip()
    if not plain or (plain.startswith(".") and not shown.startswith(".")):
        # Nothing of the name is left but its ending.
        plain = f"file{plain}"
    plain = _RESERVED.sub("_", plain).strip(". ") or "file"
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain


def unpacked_name(raw: str) -> str:
    """Return the display name without what Windows cannot write when it unpacks an archive."""
    name = _RESERVED.sub("_", display_name(raw)).rstrip(". ") or "file"
    return f"_{name}" if _DEVICES.fullmatch(name) else name


def ending(name: str) -> str:
    """Return the ending in lower case without its dot, or an empty text."""
    stem, dot, last = display_name(name).rpartition(".")
    return last.lower() if dot and stem else ""


def _is_visible(character: str) -> bool:
    if character in _SEEN:
        return True
    return character not in _HIDDEN and unicodedata.category(character) not in _INVISIBLE


def _cut(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    stem, dot, last = name.rpartition(".")
    tail = f"{dot}{last}" if stem and len(last.encode()) <= 20 else ""
    room = LONGEST_BYTES - len(tail.encode())
    return name.encode()[:room].decode("utf-8", "ignore").rstrip() + tail
