"""A day drawn as a bar from midnight to midnight."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class DayBar(Module):
    """A day of `length` minutes; each of `stretches` has `at`, `minutes` and `kind`.

    `now` is the minute of the present, negative on another day. The words beside it say the same.
    """

    library = "$/ticketdesk/day_bar"
    tag = "DayBar"
    length: rx.Var[int]
    stretches: rx.Var[list[dict[str, Any]]]
    now: rx.Var[int]


day_bar = DayBar.create
