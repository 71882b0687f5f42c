"""Reading JSON bodies strictly: a limit, one content type, and nothing the database cannot keep."""

import json
import math
from typing import Any

from starlette.requests import ClientDisconnect, Request

from ticketdesk.errors import Invalid, Malformed, TooLarge, UnsupportedKind

LARGEST = 2 * 1024 * 1024


async def read_json(request: Request) -> None:
    """Read the body, check it and leave it where the framework looks for it.

    Raises:
        UnsupportedKind: another content type than JSON.
        TooLarge: more than 2 MB.
        Malformed: not JSON, or nothing at all.
        Invalid: a text with a NUL or half a character, or a number that is none.
    """
    _require_json(request.headers.get("content-type", ""))
    raw = await limited(request)
    if not raw.strip():
        raise Malformed("Send a JSON object.")
    try:
        values = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"The body is not JSON: {_where(error)}.") from error
    if problems := dict(_unstorable(values, "")):
        raise Invalid(f"Please check: {', '.join(problems)}.", fields=problems)
    request._body = raw
    request._json = values


def _require_json(content_type: str) -> None:
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and "+json" in kind):
        raise UnsupportedKind("Send the body as application/json.")


async def limited(request: Request) -> bytes:
    """Read a body of at most 2 MB.

    Raises:
        TooLarge: it is larger.
        Malformed: it ends too early.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > LARGEST:
        raise TooLarge("The body is larger than 2 MB.")
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                raise TooLarge("The body is larger than 2 MB.")
            parts.append(part)
    except ClientDisconnect as error:
        raise Malformed("The body ends too early.") from error
    return b"".join(parts)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} in line {error.lineno}, column {error.colno}"
    return "it nests too deeply" if isinstance(error, RecursionError) else "unreadable text"


def _unstorable(value: Any, path: str) -> Any:
    """Yield (path, message) for every value that PostgreSQL or JSON cannot keep."""
    if isinstance(value, str):
        if message := _wrong_text(value):
            yield path or "body", message
    elif isinstance(value, float) and not math.isfinite(value):
        yield path or "body", "This number is too large."
    elif isinstance(value, dict):
        for key, inner in value.items():
            at = f"{path}.{key}" if path else key
            if message := _wrong_text(key):
                yield (path or "body"), f"A field's name cannot be used. {message}"
            else:
                yield from _unstorable(inner, at)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unstorable(inner, f"{path}.{index}" if path else str(index))


def _wrong_text(text: str) -> str | None:
    if "\x00" in text:
        return "A NUL character cannot be stored; remove it."
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "This text has half a character in it; type it again."
    return None
