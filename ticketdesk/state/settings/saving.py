"""What settings forms have in common: errors beside fields, a message when it is kept."""

from collections.abc import Awaitable
from typing import Any

from ticketdesk.errors import Conflict, Invalid, Malformed, NotFound, Stale
from ticketdesk.state.arguments import text
from ticketdesk.state.toasts import ToastState

_MOST = 100


def form_values(values: Any) -> dict[str, Any]:
    """Return what a form sent, if it looks like a form: short names, texts and lists of texts.

    Raises:
        Malformed: it is anything else.
    """
    if not isinstance(values, dict) or len(values) > _MOST:
        raise Malformed("This could not be understood. Reload the page and try again.")
    return {text(name, 100): _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [text(item, 500) for item in value[:500]]
    return text(value)


async def keep(state: Any, saving: Awaitable[Any], words: str) -> Any:
    """Wait for a save; show what is wrong beside the fields, or say that it is kept.

    Args:
        state: a State with `problems`, `tries` and `saved`.
        words: what to say when it worked; '' where nothing was kept, only looked at.

    Returns:
        What the service gave, or None when it refused.
    """
    toasts = await state.get_state(ToastState)
    try:
        result = await saving
    except (Invalid, Conflict, NotFound) as error:
        state.problems = error.fields
        state.tries += 1
        if not error.fields:
            toasts._add(error.message, "error")
        return None
    except Stale as error:
        toasts._add(error.message, "error")
        return None
    state.problems = {}
    if words:
        state.saved += 1
        toasts._add(words)
    return result if result is not None else True
