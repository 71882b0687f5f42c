"""An organization's own questions in the form for a new ticket: shown, checked, answered."""

from collections.abc import Mapping
from typing import Any

from ticketdesk.errors import Invalid
from ticketdesk.models.ticket_settings import EmbedSettings
from ticketdesk.services.embed import rules
from ticketdesk.services.embed.fields import CUSTOM, FormField, fields_of

FIELD = "field."
"""What the names of the organization's own fields begin with in the form."""

_SENTENCES = {
    "error.required": "Fill this in.",
    "error.option": "Choose one of the list.",
    "error.number": "Write a number, such as 12 or 3.5.",
    "error.date": "Choose a day.",
    "error.tooLong": "This is too long.",
}


def shown(embed: EmbedSettings) -> list[dict[str, Any]]:
    """Return the questions as the form draws them, `showWhen` by the form's own names."""
    return [
        {
            "name": _in_form(question.name),
            "label": question.label,
            "kind": question.type,
            "help": question.help,
            "required": question.required,
            "options": [{"value": one, "label": one} for one in question.options or ()],
            "showWhen": {_in_form(name): wanted for name, wanted in question.show_when.items()},
        }
        for question in _questions(embed)
    ]


def answers(embed: EmbedSettings, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a filled form by key; what is not asked for now has none.

    Args:
        values: the form's fields by their names.

    Raises:
        Invalid: an answer is missing or of the wrong kind; `fields` has the form's names.
    """
    questions = _questions(embed)
    standing = [field for field in fields_of(embed) if not field.name.startswith(CUSTOM)]
    by_name = {field.name: field for field in (*standing, *questions)}
    given = {name: _given(field, values) for name, field in by_name.items()}
    asked = [one for one in questions if rules.is_asked(one, by_name, given)]
    wrong = {
        _in_form(one.name): _SENTENCES.get(found[0], "This cannot be taken.")
        for one in asked
        if (found := rules.problem(one, given[one.name]))
    }
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return {
        one.name.removeprefix(CUSTOM): given[one.name]
        for one in asked
        if given[one.name] not in ("", [], False)
    }


def _questions(embed: EmbedSettings) -> list[FormField]:
    """All questions: an agent also answers those that the public form leaves out."""
    every = [field.model_copy(update={"public": True}) for field in embed.custom_fields]
    whole = fields_of(embed.model_copy(update={"custom_fields": every}))
    return [field for field in whole if field.name.startswith(CUSTOM)]


def _in_form(name: str) -> str:
    return FIELD + name.removeprefix(CUSTOM) if name.startswith(CUSTOM) else name


def _given(field: FormField, values: Mapping[str, Any]) -> Any:
    value = values.get(_in_form(field.name))
    if field.type == "checkbox":
        return bool(value)
    if field.type == "multiselect":
        return value if isinstance(value, list) else []
    return value if isinstance(value, str) else ""
