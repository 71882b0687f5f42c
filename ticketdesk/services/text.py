"""What every text passes at the border: no control characters, no endless lines, real addresses."""

import re
import unicodedata
from typing import Any

import email_validator

from ticketdesk.errors import Invalid

LONGEST_BODY = 500_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
# Direction marks that can make a name read as another one.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Characters of other categories that draw nothing: fillers of Hangul and the blank of Braille.
_DRAWS_NOTHING = frozenset("\u115f\u1160\u3164\uffa0\u2800")

email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def refuse(field: str, message: str) -> Invalid:
    """Return the error of one wrong field."""
    return Invalid(message, fields={field: message})


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise refuse(field, "Write a text here.")
    if "\x00" in value:
        raise refuse(field, "A NUL character cannot be stored; remove it.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise refuse(field, "This text has half a character in it; type it again.") from error
    return unicodedata.normalize("NFC", value)


def _is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: a subject like that is a link nobody can read."""
    return all(char in _DRAWS_NOTHING or unicodedata.category(char)[0] in "ZC" for char in text)


def clean_line(value: Any, field: str, longest: int, *, required: bool = True) -> str:
    """Return a one-line text without control characters and outer blanks.

    Args:
        longest: the greatest length in characters.

    Raises:
        Invalid: not a text, empty though required, too long, or with a NUL character.
    """
    line = _BREAKS.sub(" ", _text(value, field))
    line = _BIDI.sub("", _CONTROL.sub("", line)).strip()
    if required and _is_blank(line):
        raise refuse(field, "Fill this in.")
    if len(line) > longest:
        raise refuse(field, f"At most {longest:,} characters; this has {len(line):,}.")
    return line


def clean_body(value: Any, field: str, *, required: bool = True) -> str:
    """Return a text of several lines with `\\n` line ends.

    Raises:
        Invalid: not a text, empty though required, longer than 500,000 characters, or with NUL.
    """
    body = _text(value, field).replace("\r\n", "\n").replace("\r", "\n")
    body = _CONTROL.sub("", body).strip()
    if required and _is_blank(body):
        raise refuse(field, "Fill this in.")
    if len(body) > LONGEST_BODY:
        raise refuse(field, f"At most {LONGEST_BODY:,} characters; this has {len(body):,}.")
    return body


def clean_email(value: Any, field: str) -> str:
    """Return a mail address in lower case, as it is compared everywhere.

    Raises:
        Invalid: it is not an address.
    """
    text = clean_line(value, field, 254)
    try:
        checked = email_validator.validate_email(text, check_deliverability=False)
    except email_validator.EmailNotValidError as error:
        raise refuse(field, "This is not a mail address.") from error
    return checked.normalized.lower()


def clean_tags(values: Any, field: str = "tags") -> list[str]:
    """Return tags in lower case, each once, in the given order; at most 20 of 50 characters."""
    if not isinstance(values, list):
        raise refuse(field, "Write a list of words here.")
    tags: list[str] = []
    for value in values:
        tag = clean_line(value, field, 50).lower().replace(",", " ").strip()
        if tag and tag not in tags:
            tags.append(tag)
    if len(tags) > 20:
        raise refuse(field, "At most 20 tags.")
    return tags
