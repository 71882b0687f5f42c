"""What is there before the first script has run: the frame's shape, so that nothing jumps."""

import reflex as rx

from ticketdesk.components.screen import screen
from ticketdesk.components.states import bone


def first_paint() -> rx.Component:
    """The frame and a list, in grey."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(bone("word"), class_name="sidebar-head"),
            *(rx.el.div(bone("line"), class_name="nav-link") for _ in range(8)),
            class_name="sidebar",
        ),
        screen(rx.el.div(bone("word"), class_name="head")),
        class_name="app",
        aria_busy="true",
    )
