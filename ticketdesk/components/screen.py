"""The place of a screen inside the frame."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import icon


def screen(*children: rx.Component, look: str = "") -> rx.Component:
    """The main landmark with the screen's parts."""
    return rx.el.main(*children, id="content", class_name=f"screen {look}".strip(), tab_index=-1)


def menu_button() -> rx.Component:
    """Opens the sidebar where it is a drawer."""
    return rx.el.button(
        icon(name="menu"),
        type="button",
        aria_label="Open menu",
        class_name="button quiet icon-only menu-button",
        custom_attrs={"data-drawer": "sidebar"},
    )
