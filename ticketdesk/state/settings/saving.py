"""What settings forms have in common: judged while one types, kept whole, taken back."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from ticketdesk.errors import Conflict, Invalid, Malformed, NotFound, Stale
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page
from ticketdesk.services.desk.settings_before import Saved, saving
from ticketdesk.services.desk.settings_page import SettingsPage
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call, rehearsing
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch

_MOST = 100


class JudgedForm(rx.State, mixin=True):
    """A form of settings that is judged while one types.

    It says how it saves (`_save`); a save that goes through `settings_before.saving` can be taken
    back.
    """

    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    async def check(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one types."""
        given = form_values(values)
        await rehearse(self, self._typed(given), self._save(given))
        self._fold()

    async def _save(self, given: dict[str, Any]) -> Any:
        raise NotImplementedError

    def _fold(self) -> None:
        """Put problems where the form shows them."""

    async def _change(self, patch: dict[str, Any]) -> Any:
        """Change the organization's settings as they were read with the page."""
        version = self._version
        return await call(
            self, saving, "settings", "", ticket_settings.change, patch, version=version
        )

    def _typed(self, given: dict[str, Any]) -> dict[str, Any]:
        """What was typed, by the names under which it may be refused."""
        return given

    def _renew(self, version: int) -> None:
        """Start the form anew when what it shows was changed by somebody else since."""
        self.saved += int(version != self._version)
        self._version = version


class SettingsForm(JudgedForm, mixin=True):
    """A page of settings: it says how it shows (`_show`), and is read again after an undo."""

    phase: str = "loading"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read what the page shows."""
        await self._begin()
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _begin(self) -> None:
        await self._show()

    async def _show(self) -> None:
        raise NotImplementedError

    async def _read_settings(self) -> SettingsPage:
        """Return the organization's settings as they are now."""
        page = await call(self, settings_page.read)
        self._renew(page.version)
        return page


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


async def rehearse(state: Any, values: dict[str, Any], judged: Awaitable[Any]) -> None:
    """Show what a save would refuse, while one types; nothing is kept.

    What has not been filled in yet is not called wrong before the form is sent.

    Args:
        values: what was typed, flat or nested as the names of problems are.
    """
    with rehearsing():
        try:
            await judged
            problems: dict[str, str] = {}
        except (Invalid, Conflict, NotFound) as error:
            problems = error.fields
        except Stale:
            return
    shown = {
        name: words
        for name, words in problems.items()
        if name in state.problems or not _is_empty(values, name)
    }
    if shown != state.problems:
        state.problems = shown


def _is_empty(values: dict[str, Any], name: str) -> bool:
    """Return whether a place such as `title` or `fields.0.label` is there and holds nothing yet."""
    if name in values:
        return _holds_nothing(values[name])
    head, _, rest = name.partition(".")
    return head in values and _is_empty_at(values[head], rest)


def _is_empty_at(place: Any, name: str) -> bool:
    head, _, rest = name.partition(".")
    if isinstance(place, dict) and head in place:
        place = place[head]
    elif isinstance(place, list) and head.isdigit() and int(head) < len(place):
        place = place[int(head)]
    elif not isinstance(place, dict):
        return False
    elif not rest and "value" not in place:
        return True
    # Otherwise a kind of thing, such as `test`: it stands in the name, not in what was typed.
    return _is_empty_at(place, rest) if rest else _holds_nothing(place)


def _holds_nothing(value: Any) -> bool:
    # A condition is refused as a whole while what it compares with is still missing.
    value = value.get("value", value) if isinstance(value, dict) else value
    return value in ("", None, [])


async def keep(
    state: Any,
    kept: Awaitable[Any],
    words: str,
    *,
    page: type[rx.State] | None = None,
    undo: Callable[[Any], tuple[str, Any]] | None = None,
) -> Any:
    """Wait for a save; show what is wrong beside the fields, or say that it is kept.

    What went through `settings_before.saving` can be taken back from the message.

    Args:
        state: a State with `problems`, `tries` and `saved`.
        words: what to say when it worked; '' where nothing was kept, only looked at.
        page: the State that reads the page again after that; None for `state` itself.
        undo: from what the service gave, which kind of `undo.take_back` takes it back, and what
            that needs, where it is not `settings_before.saving`.

    Returns:
        What the service gave, or None when it refused.
    """
    toasts = await state.get_state(ToastState)
    try:
        result = await kept
    except (Invalid, Conflict, NotFound) as error:
        state.problems = error.fields
        state.tries += 1
        if not error.fields:
            toasts._add(error.message, "error")
        return None
    except Stale as error:
        toasts._add(error.message, "error")
        return None
    before = result.before if isinstance(result, Saved) else None
    result = result.result if isinstance(result, Saved) else result
    state.problems = {}
    if not words:
        # The form stays as it is and takes the next question at once.
        state.tries += 1
        return result if result is not None else True
    state.saved += 1
    kind, what = undo(result) if undo else ("saved", before)
    if what:
        toasts._offer_undo(words, kind, what, (page or state).get_full_name())
    else:
        toasts._add(words)
    return result if result is not None else True
