"""The base of our own browser-side components."""

from typing import Any

import reflex as rx


class Module(rx.Component):
    """A React component from one of the `.jsx` files beside this one.

    Subclasses set `library` to `$/ticketdesk/<file>` and `tag` to the exported name.
    """


def picked(value: rx.Var[Any]) -> list[rx.Var[Any]]:
    """The argument of an event that carries one value."""
    return [value]
