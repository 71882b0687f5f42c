"""The designed states of a screen: loading, empty, nothing found, not there."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.shell import link


def blank(
    glyph: str, title: str | rx.Var[str], text: str | rx.Var[str], *actions: rx.Component
) -> rx.Component:
    """Say what will appear here and offer the first step."""
    return rx.el.div(
        rx.el.span(icon(name=glyph), class_name="blank-icon"),
        rx.el.h2(title),
        rx.el.p(text),
        rx.el.div(*actions, class_name="blank-actions"),
        class_name="blank",
    )


def missing(what: str, back: str, back_label: str) -> rx.Component:
    """The thing does not exist, or belongs to somebody else: the two look alike."""
    return blank(
        "search",
        f"This {what} does not exist",
        "It may have been deleted, or the address has a slip in it.",
        link(back_label, to=back, class_name="button"),
    )


def forbidden() -> rx.Component:
    """The person's role does not reach this screen."""
    return blank(
        "lock",
        "This screen is for the support team",
        "You are signed in, but your role does not include it. An admin can change that.",
    )


def bone(size: str) -> rx.Component:
    """A grey stand-in for text that is on its way; `size` is a class of the style sheet."""
    return rx.el.span(class_name=f"bone {size}", aria_hidden="true")


def failed(again: rx.event.EventType[()]) -> rx.Component:
    """The first reading failed; nothing is lost, and one can try again."""
    return blank(
        "offline",
        "This could not be loaded",
        "The desk does not answer at the moment. What you typed is kept.",
        rx.el.button("Try again", type="button", class_name="button", on_click=again),
    )
