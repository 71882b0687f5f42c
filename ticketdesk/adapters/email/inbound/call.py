"""A webhook call, independent of the web framework that took it."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, FormParser, parse_options_header

MAX_PARTS = 1000


class Unreadable(ValueError):
    """The call's body is not what its provider documents; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """An uploaded file of a form."""

    field_name: str
    filename: str
    mime_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields by name, still as bytes since raw mail knows no charset, and files in order."""

    fields: dict[str, bytes]
    files: tuple[FormFile, ...]

    def text(self, name: str) -> str:
        """A field as text, empty when missing."""
        return self.fields.get(name, b"").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Call:
    """Headers by lower-case name, the exact body, and when it arrived."""

    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    at: datetime

    def form(self) -> Form:
        """The body as a form, multipart or urlencoded. Raises `Unreadable`."""
        kind, options = parse_options_header(self.headers.get("content-type", ""))
        fields: dict[str, bytes] = {}
        files: list[FormFile] = []
        # The parser splits an urlencoded form, but leaves its names and values encoded.
        plain = _decoded if kind == b"application/x-www-form-urlencoded" else _as_sent

        def on_field(found: Field) -> None:
            _count(fields, files)
            fields[_name(plain(found.field_name))] = plain(found.value)

        def on_file(found: File) -> None:
            _count(fields, files)
            found.file_object.seek(0)
            content = found.file_object.read()
            files.append(
                FormFile(
                    _name(found.field_name),
                    _name(found.file_name),
                    _name(found.content_type),
                    content,
                )
            )
            found.close()

        try:
            parser = FormParser(
                kind.decode(),
                on_field,
                on_file,
                boundary=options.get(b"boundary"),
                config={"MAX_MEMORY_FILE_SIZE": len(self.body) + 1},
            )
            parser.write(self.body)
            parser.finalize()
        except (FormParserError, ValueError) as error:
            raise Unreadable(f"The form cannot be read: {error}.") from error
        return Form(fields, tuple(files))

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises `Unreadable`."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("The body is not JSON.") from error
        if not isinstance(value, dict):
            raise Unreadable("The body is not a JSON object.")
        return value

    def basic_auth(self) -> tuple[str, str]:
        """User and password of the Authorization header, empty when there are none."""
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return "", ""
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return "", ""
        return user, password


def _decoded(value: bytes | None) -> bytes:
    return unquote_to_bytes((value or b"").replace(b"+", b" "))


def _as_sent(value: bytes | None) -> bytes:
    return value or b""


def _count(fields: dict[str, bytes], files: list[FormFile]) -> None:
    if len(fields) + len(files) >= MAX_PARTS:
        raise Unreadable(f"The form has more than {MAX_PARTS} parts.")


def _name(value: bytes | str | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""
