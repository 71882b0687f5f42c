"""From what a form of settings sent to what a service takes, and back."""

import json
from typing import Any

from ticketdesk.errors import Malformed
from ticketdesk.state.arguments import text


def lines(value: Any) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in text(value or "", 20_000).splitlines() if line.strip()]


def listing(given: dict[str, Any], name: str) -> list[str]:
    """Return the texts of a field that takes several."""
    value = given.get(name, [])
    return [text(one, 500) for one in (value if isinstance(value, list) else [value])]


def listed(value: Any) -> list[Any]:
    """Return the list an editor keeps in its hidden field as JSON.

    Raises:
        Malformed: it is no list.
    """
    found = _parsed(value)
    if not isinstance(found, list):
        raise Malformed("This could not be understood. Reload the page and try again.")
    return found


def mapped(value: Any) -> dict[str, Any]:
    """Return the object an editor keeps in its hidden field as JSON.

    Raises:
        Malformed: it is no object.
    """
    found = _parsed(value)
    if not isinstance(found, dict):
        raise Malformed("This could not be understood. Reload the page and try again.")
    return found


def _parsed(value: Any) -> Any:
    try:
        return json.loads(text(value))
    except (ValueError, RecursionError) as error:
        raise Malformed("This could not be understood. Reload the page and try again.") from error


def folded(problems: dict[str, str], *names: str) -> dict[str, str]:
    """Return problems with those inside of a field, such as `sites.0`, at the field as well."""
    found = dict(problems)
    for path, words in problems.items():
        for name in names:
            if path.startswith(f"{name}."):
                found.setdefault(name, words)
    return found
