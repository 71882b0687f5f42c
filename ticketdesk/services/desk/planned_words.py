"""What a rule would have done, in the words of the screen."""

from collections.abc import Mapping
from typing import Any

from ticketdesk.models.enums import ContentFormat
from ticketdesk.services.desk.words import PRIORITY
from ticketdesk.services.rich_text import to_text
from ticketdesk.services.rules.preview import Planned

_LABELS = {
    "assignedTo": "Assignee",
    "status": "Status",
    "priority": "Priority",
    "category": "Category",
    "tags": "Tags",
}
_PEOPLE = {"assignee": "the assignee", "admins": "the admins"}
_NOTHING = {"assignedTo": "nobody"}
_LONGEST = 80


def planned_words(
    change: Planned, statuses: Mapping[str, str], own_fields: Mapping[str, str]
) -> str:
    """Return one planned change as a short sentence.

    Args:
        statuses: what the organization calls each status.
        own_fields: labels of its custom fields by key.
    """
    match change.field:
        case "reply":
            return f"Answers with “{change.after}”"
        case "note":
            return f"Adds the note “{_short(str(change.after))}”"
        case "webhook":
            return f"Tells {change.after}"
        case "mail":
            people = [_PEOPLE.get(one, one) for one in str(change.after).split(", ")]
            return f"Mails {', '.join(people)}"
    key = change.field.removeprefix("customFields.")
    label = _LABELS.get(change.field) or own_fields.get(key, key)
    values = [_value(change.field, value, statuses) for value in (change.before, change.after)]
    return f"{label}: {values[0]} → {values[1]}"


def _value(field: str, value: Any, statuses: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return _NOTHING.get(field, "none")
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field == "status":
        return statuses.get(str(value), str(value))
    if field == "priority":
        return {str(key): word for key, word in PRIORITY.items()}.get(str(value), str(value))
    return str(value)


def _short(html: str) -> str:
    text = " ".join(to_text(html, ContentFormat.HTML).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
