"""The form for a new ticket over whatever screen one is at."""

import reflex as rx

from ticketdesk.components.new_ticket_form import new_ticket_bones, new_ticket_form
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.new_ticket_parts import over_dialog
from ticketdesk.components.states import failed, forbidden
from ticketdesk.state.new_ticket import NewTicketState


def new_ticket_over() -> rx.Component:
    """The dialog, and the key that opens it."""
    return rx.fragment(
        rx.el.button(
            "Open the form over this screen",
            type="button",
            class_name="visually-hidden",
            tab_index=-1,
            custom_attrs={"data-key": "c"},
            on_click=NewTicketState.open_over,
        ),
        over_dialog(
            rx.el.header(
                rx.el.h2("New ticket"),
                rx.el.button(
                    icon(name="close"),
                    type="button",
                    class_name="button quiet icon-only",
                    aria_label="Close",
                    on_click=NewTicketState.leave,
                ),
                class_name="dialog-head",
            ),
            rx.match(
                NewTicketState.phase,
                ("ready", new_ticket_form(_cancel())),
                ("forbidden", forbidden()),
                ("failed", failed(NewTicketState.open_over)),
                new_ticket_bones(),
            ),
            open=NewTicketState.over,
            title="New ticket",
            on_close=NewTicketState.leave,
        ),
    )


def _cancel() -> rx.Component:
    return rx.el.button(
        "Cancel", type="button", class_name="button quiet", on_click=NewTicketState.leave
    )
