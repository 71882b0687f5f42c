"""Empties a page's state when somebody else sits at it."""

from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import OnLoadInternalState, StateUpdate

from ticketdesk.state.session import owner_digest
from ticketdesk.state.shell import ShellState

_HEADERS = "rx_router_headers"


class OwnerGuard(Middleware):
    """Compares the session of every new connection with the one that filled the state.

    The token of a page is chosen by the browser and names a state for an hour: whoever brings the
    token without the session cookie gets an empty state. A state that nobody owns although its page
    is in use was lost (Redis started empty): the page then reads everything again.
    """

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:
        """Reset everything when the cookie is not that of the state's owner; then go on."""
        root = state._get_root_state()
        if _HEADERS not in root.dirty_vars:
            return None
        shell = await root.get_state(ShellState)
        present = owner_digest(root)
        if shell._owner == present:
            return None
        if not shell._owner and "hydrate" not in event.name:
            token = root.router.session.client_token
            for again in Event.from_event_type(OnLoadInternalState.on_load_internal()):
                await app.event_processor.enqueue(token, again)
        if shell._owner:
            for cls in _all_below(rx.State):
                (await root.get_state(cls)).reset()
            shell = await root.get_state(ShellState)
        shell._owner = present
        return None


def _all_below(cls: type[Any]) -> list[type[Any]]:
    below = sorted(cls.get_substates(), key=lambda state: state.get_full_name())
    return [
        state
        for child in below
        if child.__module__.startswith("ticketdesk")
        for state in (child, *_all_below(child))
    ]
