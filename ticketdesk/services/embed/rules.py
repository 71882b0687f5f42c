"""Checks answers by the form's table, as `embed_widget/src/form/rules.ts` does while typing.

`tests/embed/answers.json` holds both sides to the same verdicts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ticketdesk.services.embed.fields import FormField

Problem = tuple[str, dict[str, str | int]]

_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_EMAIL = re.compile(
    r'(?!\.)(?!.*\.\.)[^\s@"(),:;<>\[\\\]]{1,64}(?<!\.)@' + _LABEL + r"(?:\." + _LABEL + r")+"
)
_PHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){5})\+?[0-9(][0-9 ().\/-]{3,30}[0-9]")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_SHAPES: dict[str, Callable[[str], bool]] = {
    "email": lambda text: len(text) <= 254 and bool(_EMAIL.fullmatch(text)),
    "tel": lambda text: bool(_PHONE.fullmatch(text)),
    "number": lambda text: bool(_NUMBER.fullmatch(text)),
    "date": _is_day,
}


def problem(field: FormField, answer: Any) -> Problem | None:
    """Return what is wrong with an answer as a sentence's key with its filling, or None.

    Args:
        answer: text, list of texts or truth value, whichever the field's type gives.
    """
    if isinstance(answer, bool):
        return ("error.required", {}) if field.required and not answer else None
    given = answer if isinstance(answer, list) else ["" if answer is None else str(answer).strip()]
    chosen = [str(one) for one in given if str(one)]
    if not chosen:
        return ("error.required", {}) if field.required else None
    if field.options and any(one not in field.options for one in chosen):
        return ("error.option", {})
    text = chosen[0]
    if field.max_length and len(text) > field.max_length:
        return ("error.tooLong", {"max": field.max_length})
    fits = _SHAPES.get(field.type)
    return (f"error.{field.type}", {}) if fits and not fits(text) else None


def is_asked(
    field: FormField, by_name: Mapping[str, FormField], answers: Mapping[str, Any], depth: int = 0
) -> bool:
    """Return whether a field is asked at all, given the other answers."""
    for name, wanted in field.show_when.items():
        other = by_name.get(name)
        # What depends on a field that is not asked is not asked either; the depth ends circles.
        if other is None or depth > 9 or not is_asked(other, by_name, answers, depth + 1):
            return False
        answer = answers.get(name, "")
        given = answer if isinstance(answer, list) else [answer]
        if not any(_word(one) in wanted for one in given):
            return False
    return True


def _word(answer: Any) -> str:
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def problems(fields: Sequence[FormField], answers: Mapping[str, Any]) -> dict[str, Problem]:
    """Return every problem of a filled form by field name; fields not asked have none."""
    by_name = {field.name: field for field in fields}
    found = {}
    for field in fields:
        if is_asked(field, by_name, answers) and (wrong := problem(field, answers.get(field.name))):
            found[field.name] = wrong
    return found
