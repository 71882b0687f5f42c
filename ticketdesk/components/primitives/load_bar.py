"""How much somebody has to do, by priority."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class LoadBar(Module):
    """Counts of `parts` (`priority`, `count`) against the longest bar's `most`.

    A line marks `limit`, 0 for none. The figures beside it say the same.
    """

    library = "$/ticketdesk/load_bar"
    tag = "LoadBar"
    parts: rx.Var[list[dict[str, Any]]]
    most: rx.Var[int]
    limit: rx.Var[int]


load_bar = LoadBar.create
