"""An address inside the app that is no screen."""

import reflex as rx

from ticketdesk.components.primitives.leave import elsewhere
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import missing


def page() -> rx.Component:
    """Say so, and lead back to the work."""
    return screen(
        elsewhere(),
        rx.el.header(menu_button(), rx.el.h1("Not found"), class_name="head"),
        missing("page", "/app/tickets", "To the tickets"),
    )
