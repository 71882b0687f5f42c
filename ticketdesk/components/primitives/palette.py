"""The command palette."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class Palette(Module):
    """Everything one can go to or do, found by typing.

    `places` are groups of {name, items}; an item has to, label, icon, keywords, keys. `found` are
    the tickets that the last `on_search` brought.
    """

    library = "$/ticketdesk/palette"
    tag = "Palette"
    places: rx.Var[list[dict[str, Any]]]
    found: rx.Var[list[dict[str, Any]]]
    on_search: rx.EventHandler[picked]


palette = Palette.create
