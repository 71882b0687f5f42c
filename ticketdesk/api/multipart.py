"""Reads multipart/form-data as it arrives: files go straight to whoever takes them in."""

import re
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ticketdesk.errors import Invalid, Malformed, UnsupportedKind

_LONGEST_FIELD = 128 * 1024
_MOST_TEXT = 512 * 1024
_MOST_FIELDS = 20
_EXTENDED = re.compile(rb"filename\*\s*=\s*(?:utf-8|UTF-8)'[^']*'([^;\s]+)")
# The three characters that browsers escape in a file name, and no other (WHATWG HTML, 4.10.21.8).
_ESCAPES = (("%22", '"'), ("%0D", "\r"), ("%0d", "\r"), ("%0A", "\n"), ("%0a", "\n"))
_HEARD = (
    "on_part_begin", "on_header_field", "on_header_value", "on_header_end", "on_headers_finished",
    "on_part_data", "on_part_end", "on_end",
)  # fmt: skip


class Taker(Protocol):
    """Takes one file in."""

    def write(self, chunk: bytes) -> None: ...

    def finish(self) -> object: ...


T = TypeVar("T", bound=Taker)


class MultipartFiles(Generic[T]):
    """Parses one request body.

    Args:
        content_type: the request's Content-Type header.
        begin: `begin(name, declared)` returns who takes the next file; it may refuse it.
        field: the name of the file fields; files of another name are refused.
        most_fields: how many other fields there may be.
        skips_empty: whether a file field in which nobody chose a file counts as not there, as a
            form without scripts sends it.

    Attributes:
        takers: who took each file, finished ones first.
        fields: the other fields as text.
        values: the same in order, with every value of a field that comes several times.

    Raises:
        UnsupportedKind: the request is not multipart/form-data.
        Malformed: it cannot be read.
        Invalid: a field that nobody asked for, or a file field that holds no file.
    """

    def __init__(
        self,
        content_type: str,
        begin: Callable[[str, str], T],
        *,
        field: str = "file",
        most_fields: int = _MOST_FIELDS,
        skips_empty: bool = False,
    ) -> None:
        boundary = _boundary(content_type)
        self.takers: list[T] = []
        self.fields: dict[str, str] = {}
        self.values: list[tuple[str, str]] = []
        self._begin = begin
        self._field = field
        self._most_fields = most_fields
        self._skips_empty = skips_empty
        self._all_text = 0
        self._ended = False
        self._header_name = self._header_value = b""
        self._headers: dict[bytes, bytes] = {}
        self._taker: T | None = None
        self._name: str | None = None
        self._text = bytearray()
        try:
            self._parser = MultipartParser(
                boundary, {name: getattr(self, f"_{name}") for name in _HEARD}
            )
        except FormParserError as error:
            raise Malformed("The boundary cannot be used.") from error

    def write(self, data: bytes) -> None:
        """Take the next bytes of the body."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise Malformed("The multipart body cannot be read.") from error

    def finish(self) -> None:
        """Make sure that the body was whole."""
        if not self._ended:
            raise Malformed("The body ends too early.")

    def _on_part_begin(self) -> None:
        self._headers = {}
        self._taker = self._name = None
        self._text = bytearray()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _on_headers_finished(self) -> None:
        disposition = self._headers.get(b"content-disposition", b"")
        _, options = parse_options_header(disposition)
        field = _text(options.get(b"name", b""))
        filename = _file_name(disposition, options)
        if field == self._field:
            if not filename and self._skips_empty:
                return
            if not filename:
                raise Invalid("Choose a file.", fields={field: "Choose a file."})
            declared = self._headers.get(b"content-type", b"").decode("latin-1")
            self._taker = self._begin(filename, declared)
            self.takers.append(self._taker)
            return
        if filename is not None or len(self.values) >= self._most_fields:
            raise Invalid("Please check the fields.", fields={field: "There is no such field."})
        self._name = field

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._taker is not None:
            self._taker.write(data[start:end])
            return
        self._text += data[start:end]
        self._all_text += end - start
        if len(self._text) > _LONGEST_FIELD or self._all_text > _MOST_TEXT:
            raise Invalid("A field is too long.", fields={self._name or "body": "Too long."})

    def _on_part_end(self) -> None:
        if self._taker is None and self._name is not None:
            value = _text(bytes(self._text))
            self.fields[self._name] = value
            self.values.append((self._name, value))

    def _on_end(self) -> None:
        self._ended = True


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise UnsupportedKind("Send files as multipart/form-data.")
    boundary = options.get(b"boundary")
    if not boundary:
        raise Malformed("The Content-Type names no boundary.")
    return boundary


def _file_name(disposition: bytes, options: dict[bytes, bytes]) -> str | None:
    if b"filename" in options:
        name = _text(options[b"filename"])
        for escape, character in _ESCAPES:
            name = name.replace(escape, character)
        return name
    extended = _EXTENDED.search(disposition)
    return _text(unquote_to_bytes(extended.group(1))) if extended else None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
