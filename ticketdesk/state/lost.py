"""Fills a page again whose state was lost while it was open."""

from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import OnLoadInternalState, StateUpdate

from ticketdesk.state.shell import ShellState

_HEADERS = "rx_router_headers"


class LostState(Middleware):
    """Notices a page in use whose state is new: Redis started empty, so the page reads it all."""

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:
        """Queue the page's loaders where its first event is not that of a new page; then go on."""
        root = state._get_root_state()
        if _HEADERS not in root.dirty_vars:
            return None
        shell = await root.get_state(ShellState)
        if not shell._in_use and "hydrate" not in event.name:
            token = root.router.session.client_token
            for again in Event.from_event_type(OnLoadInternalState.on_load_internal()):
                await app.event_processor.enqueue(token, again)
        shell._in_use = True
        return None
