"""Short messages at the edge of the screen."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class Toaster(Module):
    """Shows each of `items` ({id, at, text, tone, undo}) once, for a few seconds."""

    library = "$/ticketdesk/toaster"
    tag = "Toaster"
    items: rx.Var[list[dict[str, Any]]]
    on_undo: rx.EventHandler[picked]


toaster = Toaster.create
