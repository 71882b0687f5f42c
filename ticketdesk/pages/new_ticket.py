"""/app/tickets/new: a ticket opened for somebody who called, wrote or stood at the door."""

import reflex as rx

from ticketdesk.components.new_ticket_form import new_ticket_bones, new_ticket_form
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import failed, forbidden
from ticketdesk.state.new_ticket import NewTicketState


def page() -> rx.Component:
    """The form, whatever state it is in."""
    return screen(
        page_title(text="New ticket"),
        rx.el.header(
            menu_button(),
            link(
                icon(name="back"),
                to="/app/tickets",
                class_name="button quiet icon-only",
                aria_label="Back to the list",
            ),
            rx.el.h1("New ticket"),
            class_name="head",
        ),
        rx.match(
            NewTicketState.phase,
            ("ready", _scroll(rx.cond(~NewTicketState.over, new_ticket_form(_cancel())))),
            ("forbidden", forbidden()),
            ("failed", failed(NewTicketState.load)),
            _scroll(new_ticket_bones()),
        ),
    )


def _scroll(body: rx.Component) -> rx.Component:
    return rx.el.div(body, class_name="scroll form-scroll")


def _cancel() -> rx.Component:
    return link("Cancel", to="/app/tickets", class_name="button quiet")
