"""The end of a list that goes on."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class More(Module):
    """Fires when the end of the list is about to come into view."""

    library = "$/ticketdesk/more"
    tag = "More"
    active: rx.Var[bool]
    on_reach: rx.EventHandler[rx.event.no_args_event_spec]


more = More.create
