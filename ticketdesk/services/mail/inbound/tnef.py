"""winmail.dat: what Outlook wraps into TNEF ([MS-OXTNEF]), unwrapped."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ticketdesk.services.mail.inbound.charsets import clean, decode
from ticketdesk.services.mail.inbound.mapi import properties

_SIGNATURE = 0x223E9F78
_BODY, _MESSAGE_PROPERTIES = 0x800C, 0x9003
_NEW_FILE, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_P_BODY, _P_HTML, _P_CODE_PAGE = 0x1000, 0x1013, 0x3FDE
_P_LONG_NAME, _P_NAME, _P_CONTENT_ID, _P_OBJECT = 0x3707, 0x3704, 0x3712, 0x3701
_MAX_FILES = 200


@dataclass(slots=True)
class WrappedFile:
    """A file inside TNEF."""

    name: str = ""
    content: bytes = field(default=b"", repr=False)
    content_id: str | None = None


@dataclass(slots=True)
class Unwrapped:
    """The bodies (empty when missing) and the files of a TNEF part."""

    text: str = ""
    html: str = ""
    files: list[WrappedFile] = field(default_factory=list)


def is_tnef(mime_type: str, filename: str) -> bool:
    """Whether a part is TNEF, by its type or by Outlook's fixed name."""
    return mime_type in {"application/ms-tnef", "application/vnd.ms-tnef"} or (
        filename.lower() == "winmail.dat"
    )


def unwrap(raw: bytes) -> Unwrapped | None:
    """Contents of a TNEF part, as far as it is whole; None when there is nothing to read."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != _SIGNATURE:
        return None
    result = Unwrapped()
    for attribute, data in _attributes(memoryview(raw)):
        if attribute == _NEW_FILE and len(result.files) < _MAX_FILES:
            result.files.append(WrappedFile())
        elif attribute == _BODY:
            result.text = result.text or _text(bytes(data))
        elif attribute == _MESSAGE_PROPERTIES:
            _read_message(result, properties(data))
        elif result.files:
            _read_file(result.files[-1], attribute, data)
    result.files = [file for file in result.files if file.content]
    return result if result.files or result.text or result.html else None


def _attributes(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 6
    while at + 9 <= len(data):
        attribute, _, length = struct.unpack_from("<HHI", data, at + 1)
        at += 9
        yield attribute, data[at : at + length]
        at += length + 2


def _read_message(result: Unwrapped, found: dict[int, bytes | str]) -> None:
    page = found.get(_P_CODE_PAGE)
    charset = None
    if isinstance(page, bytes) and len(page) >= 4:
        number = struct.unpack("<I", page[:4])[0]
        charset = {65001: "utf-8", 20127: "ascii", 28591: "latin1"}.get(number, f"cp{number}")
    result.text = result.text or _text(found.get(_P_BODY), charset)
    result.html = result.html or _text(found.get(_P_HTML), charset)


def _read_file(file: WrappedFile, attribute: int, data: memoryview) -> None:
    if attribute == _FILE_TITLE:
        file.name = file.name or _text(bytes(data))
    elif attribute == _FILE_DATA:
        file.content = bytes(data)
    elif attribute == _FILE_PROPERTIES:
        found = properties(data)
        file.name = _text(found.get(_P_LONG_NAME)) or file.name or _text(found.get(_P_NAME))
        file.content_id = _text(found.get(_P_CONTENT_ID)).strip("<>") or None
        embedded = found.get(_P_OBJECT)
        if isinstance(embedded, bytes) and not file.content:
            file.content = embedded[16:]  # behind the interface identifier


def _text(value: bytes | str | None, charset: str | None = None) -> str:
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\0"), charset)[0]
    return clean(value) if value else ""
