"""What a screen shows when its first reading fails."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.state import failures

Load = Callable[[Any], Awaitable[Any]]


def shows_failures(load: Load) -> Load:
    """Let a screen's `load` end in a designed state instead of a skeleton that never goes.

    The State has a `phase`; it becomes "forbidden", "missing" or "failed".
    """

    @wraps(load)
    async def guarded(state: Any) -> Any:
        try:
            return await load(state)
        except Forbidden:
            state.phase = "forbidden"
        except NotFound:
            state.phase = "missing"
        except Exception as error:
            state.phase = "failed"
            return failures.explain(error)
        return None

    return guarded
