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
    return [drawn(question) for question in questions(embed)]


def drawn(question: FormField) -> dict[str, Any]:
    """Return one question as a form draws it."""
    return {
        "name": in_form(question.name),
        "label": question.label,
        "kind": question.type,
        "help": question.help,
        "required": question.required,
        "options": [{"value": one, "label": one} for one in question.options or ()],
        "showWhen": {in_form(name): wanted for name, wanted in question.show_when.items()},
    }


def answers(embed: EmbedSettings, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a filled form by key; what is not asked for now has none.

    Args:
        values: the form's fields by their names.

    Raises:
        Invalid: an answer is missing or of the wrong kind; `fields` has the form's names.
    """
    asked_for = questions(embed)
    standing = [field for field in fields_of(embed) if not field.name.startswith(CUSTOM)]
    by_name = {field.name: field for field in (*standing, *asked_for)}
    given = {name: answer(field, values) for name, field in by_name.items()}
    asked = [one for one in asked_for if rules.is_asked(one, by_name, given)]
    wrong = {in_form(one.name): words for one in asked if (words := problem(one, given[one.name]))}
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return {
        one.name.removeprefix(CUSTOM): given[one.name]
        for one in asked
        if given[one.name] not in ("", [], False)
    }


def problem(question: FormField, given: Any) -> str:
    """Return what is wrong with an answer as a sentence; "" when nothing is."""
    found = rules.problem(question, given)
    return _SENTENCES.get(found[0], "This cannot be taken.") if found else ""


def questions(embed: EmbedSettings) -> list[FormField]:
    """Return all questions: an agent also answers those that the public form leaves out."""
    every = [field.model_copy(update={"public": True}) for field in embed.custom_fields]
    whole = fields_of(embed.model_copy(update={"custom_fields": every}))
    return [field for field in whole if field.name.startswith(CUSTOM)]


def in_form(name: str) -> str:
    """Return what a field of the table is called in the form."""
    return FIELD + name.removeprefix(CUSTOM) if name.startswith(CUSTOM) else name


def answer(field: FormField, values: Mapping[str, Any]) -> Any:
    """Return what a form gives for a field, of the kind that the field has."""
    value = values.get(in_form(field.name))
    if field.type == "checkbox":
        return bool(value)
    if field.type == "multiselect":
        return value if isinstance(value, list) else []
    return value if isinstance(value, str) else ""
