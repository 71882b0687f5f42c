"""The words of the product as choices of a picker, and for the browser."""

import json

from ticketdesk.services.desk.words import ORIGIN, PRIORITY, STATUS

Option = dict[str, object]


def status_options() -> list[Option]:
    """Every status as a choice of a picker."""
    return [
        {"value": str(status), "label": label, "glyph": f"status:{status}"}
        for status, label in STATUS.items()
    ]


def priority_options() -> list[Option]:
    """Every priority as a choice of a picker, most pressing first."""
    return [
        {"value": str(priority), "label": label, "glyph": f"priority:{priority}"}
        for priority, label in PRIORITY.items()
    ]


def origin_options() -> list[Option]:
    """Every way in which a ticket comes about, as a choice of a picker."""
    return [{"value": str(source), "label": label} for source, label in ORIGIN.items()]


def javascript() -> str:
    """The same words as a JavaScript module."""
    tables = {"STATUS": STATUS, "PRIORITY": PRIORITY, "ORIGIN": ORIGIN}
    return "\n".join(
        f"export const {name} = {json.dumps(words)};" for name, words in tables.items()
    )
