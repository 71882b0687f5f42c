"""The bell of the sidebar."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class Bell(Module):
    """A button with the number of unread notifications, and the list behind it.

    The number also stands in front of the browser's title. `on_look` says whether it is open.
    """

    library = "$/ticketdesk/bell"
    tag = "Bell"
    unread: rx.Var[int]
    items: rx.Var[list[dict[str, Any]]]
    on_look: rx.EventHandler[picked]
    on_mark_all: rx.EventHandler[rx.event.no_args_event_spec]


bell = Bell.create
