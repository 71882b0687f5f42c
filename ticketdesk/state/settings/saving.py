"""What settings forms have in common: errors beside fields, a message when it is kept."""

from collections.abc import Awaitable
from typing import Any

from ticketdesk.errors import Conflict, Invalid, Malformed, NotFound, Stale
from ticketdesk.state.arguments import text
from ticketdesk.state.session import rehearsing
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


def as_before(state: Any, kind: str = "settings", *more: Any) -> tuple[Any, ...]:
    """Return what takes a save of a page's settings back; call it before the save.

    Args:
        state: a State with `_version`, the version its form was read at.
    """
    return (kind, state._version, state.get_full_name(), *more)


async def rehearse(state: Any, values: dict[str, Any], saving: Awaitable[Any]) -> None:
    """Show what a save would refuse, while one types; nothing is kept.

    What has not been filled in yet is not called wrong before the form is sent.
    """
    with rehearsing():
        try:
            await saving
            problems: dict[str, str] = {}
        except (Invalid, Conflict, NotFound) as error:
            problems = error.fields
        except Stale:
            return
    # What stands in no field of its own is part of an editor, which is never empty by chance.
    shown = {
        name: words
        for name, words in problems.items()
        if values.get(name, True) or name in state.problems
    }
    if shown != state.problems:
        state.problems = shown


async def keep(
    state: Any, saving: Awaitable[Any], words: str, *, undo: tuple[Any, ...] = ()
) -> Any:
    """Wait for a save; show what is wrong beside the fields, or say that it is kept.

    Args:
        state: a State with `problems`, `tries` and `saved`.
        undo: what `UndoState` takes to give back what was there before; () where nothing can.
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
    if not words:
        # The form stays as it is and takes the next question at once.
        state.tries += 1
    else:
        state.saved += 1
        if undo:
            toasts._offer_undo(words, *undo)
        else:
            toasts._add(words)
    return result if result is not None else True
