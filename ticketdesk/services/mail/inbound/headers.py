"""Header fields, decoded only when asked for, since some messages bring megabytes of them."""

import binascii
import email.header
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ticketdesk.services.mail.inbound.charsets import decode

MAX_FIELDS = 2_000
MAX_VALUE = 1_000_000
_MAX_ENCODED = 10_000
_FOLD = re.compile(r"[\r\n]+[ \t]*|[\r\n\t]")


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields of a message in order; names are matched without case."""

    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, items: Iterable[tuple[str, object]]) -> "Headers":
        """From the raw items of a parsed message; what goes beyond the limits is left out."""
        fields = []
        for name, value in items:
            if len(fields) >= MAX_FIELDS:
                break
            fields.append((name.lower(), str(value)[:MAX_VALUE]))
        return cls(tuple(fields))

    def raw(self, name: str) -> list[str]:
        """All values of `name`, unfolded but undecoded."""
        name = name.lower()
        return [_FOLD.sub(" ", value).strip() for key, value in self.fields if key == name]

    def all(self, name: str) -> list[str]:
        """All values of `name` as readable text."""
        return [readable(value) for value in self.raw(name)]

    def get(self, name: str) -> str:
        """The first value of `name` as readable text, empty when missing."""
        return next(iter(self.all(name)), "")

    def has(self, name: str) -> bool:
        """Whether the field is there at all, however empty."""
        name = name.lower()
        return any(key == name for key, _ in self.fields)


def readable(value: str) -> str:
    """A raw value with its encoded words (RFC 2047) and stray 8-bit bytes turned into text."""
    value = value[:_MAX_ENCODED]
    if "=?" not in value:
        return _eight_bit(value)
    try:
        pieces = email.header.decode_header(_eight_bit(value))
    except (email.errors.HeaderParseError, binascii.Error, ValueError):
        return _eight_bit(value)
    return "".join(
        piece if isinstance(piece, str) else _word(piece, charset) for piece, charset in pieces
    )


def _word(piece: bytes, charset: str | None) -> str:
    # Text between encoded words comes as bytes of raw-unicode-escape, as decode_header documents.
    if charset is None:
        return piece.decode("raw-unicode-escape", "replace")
    return decode(piece, charset.split("*")[0])[0]


def _eight_bit(value: str) -> str:
    """Undeclared 8-bit bytes, kept as surrogates by the parser, as what they most likely are."""
    if value.isascii():
        return value.replace("\0", "")
    return decode(value.encode("utf-8", "surrogateescape"), None)[0]
