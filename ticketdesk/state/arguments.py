"""What comes from a browser is checked before it is used: hints on a handler enforce nothing."""

from typing import Any

from ticketdesk.errors import Malformed

_LONGEST = 200_000


def text(value: Any, longest: int = _LONGEST) -> str:
    """Return `value` if it is a text of at most `longest` characters.

    Raises:
        Malformed: it is anything else.
    """
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return value


def texts(value: Any, most: int = 100) -> list[str]:
    """Return `value` if it is a list of at most `most` short texts.

    Raises:
        Malformed: it is anything else.
    """
    if not isinstance(value, list) or len(value) > most:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return [text(item, 500) for item in value]


def flag(value: Any) -> bool:
    """Return whether `value` is true itself and not something that merely counts as true."""
    return value is True
