"""What is said of a wrong value: plain sentences in place of a validator's own words."""

from typing import Any

_JSON_OBJECT = "This must be a JSON object."
_NUMBER = "Write a number."
_WHOLE = "Write a whole number."
_DAY = "Write a day such as 2026-12-25."
_MOMENT = "Write a moment such as 2026-12-24T18:00:00Z."

_FIXED = {
    "extra_forbidden": "There is no such field.",
    "missing": "Fill this in.",
    "model_type": _JSON_OBJECT,
    "model_attributes_type": _JSON_OBJECT,
    "dict_type": _JSON_OBJECT,
    "list_type": "This must be a list.",
    "tuple_type": "This must be a list.",
    "string_type": "This must be a text.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": "This number is too long.",
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
}

_WITH_BOUNDS = {
    "greater_than_equal": "Write {ge} or more.",
    "greater_than": "Write more than {gt}.",
    "less_than_equal": "Write {le} or less.",
    "less_than": "Write less than {lt}.",
    "literal_error": "Choose {expected}.",
    "enum": "Choose {expected}.",
    "union_tag_not_found": "Say {discriminator}: which kind it is.",
    "union_tag_invalid": "There is no {discriminator} {tag}. Choose among {expected_tags}.",
}


def sentence(problem: dict[str, Any]) -> str:
    """Return what to do about one of pydantic's findings.

    Args:
        problem: `type`, `msg` and, where the kind has bounds, `ctx`, as pydantic gives them.

    Returns:
        Our own sentence for the kinds people meet; for any other what the validator said.
    """
    kind, context = problem["type"], problem.get("ctx") or {}
    if kind in _FIXED:
        return _FIXED[kind]
    if kind in _WITH_BOUNDS:
        return _WITH_BOUNDS[kind].format_map({name: _plain(one) for name, one in context.items()})
    if kind in ("string_too_short", "too_short"):
        return _at_least(context["min_length"], _noun(kind))
    if kind in ("string_too_long", "too_long"):
        return f"{context['max_length']:,}{_noun(kind)} at most."
    return problem["msg"].removeprefix("Value error, ").rstrip(".") + "."


def _plain(bound: Any) -> str:
    if isinstance(bound, float) and bound.is_integer():
        bound = int(bound)
    return f"{bound:,}" if isinstance(bound, int) else str(bound)


def _noun(kind: str) -> str:
    return " characters" if kind.startswith("string") else ""


def _at_least(least: int, noun: str) -> str:
    # What has to hold one character or thing is not too short: it is empty.
    return "Fill this in." if least == 1 else f"{least:,}{noun} at least."
