"""A list whose lines are put in order by their handles."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _placed(line: rx.Var[str], place: rx.Var[int]) -> list[rx.Var]:
    return [line, place]


class Sortable(Module):
    """A list; each line has `data-id`, and a `.drag-handle` to drag or to move with the arrow keys.

    `on_place` carries the line's id and its new place, counted from 0.
    """

    library = "$/ticketdesk/sortable"
    tag = "Sortable"
    on_place: rx.EventHandler[_placed]


sortable = Sortable.create
