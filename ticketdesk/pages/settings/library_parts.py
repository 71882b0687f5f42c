"""What texts and macros have in common on their page."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from ticketdesk.components.primitives.composer import markup
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card
from ticketdesk.pages.settings.parts import check
from ticketdesk.state.shell import ShellState


def listing(
    title: str,
    state: Any,
    *,
    empty: str,
    lead: str,
    words: Callable[[Record], rx.Var[str]],
) -> rx.Component:
    """A list of things one has or everybody has; what is shared only admins change.

    Args:
        state: a State with `rows` and the events `edit` and `delete`.
        empty: the title while there is nothing; `lead` then says what to do.
        words: the line below a row's title.
    """
    return rx.cond(
        state.rows.length() > 0,
        card(
            title,
            rx.el.ul(
                rx.foreach(state.rows, lambda row: _row(row, state, words)),
                class_name="settings-rows",
            ),
        ),
        card(empty, lead=lead),
    )


def _row(row: Record, state: Any, words: Callable[[Record], rx.Var[str]]) -> rx.Component:
    row_id, title, shared = row["id"].to(str), row["title"].to(str), row["shared"].to(bool)
    return rx.el.li(
        rx.el.div(rx.el.strong(title), rx.el.span(words(row)), class_name="settings-row-words"),
        rx.el.span(rx.cond(shared, "Shared", "Yours"), class_name="badge"),
        rx.cond(
            ~shared | (ShellState.role == "ADMIN"),
            rx.fragment(
                _button("Edit", "Edit " + title, state.edit(row_id)),
                _button("Delete", "Delete " + title, state.delete(row_id)),
            ),
        ),
        class_name="settings-row",
        key=row_id,
    )


def _button(words: str, name: rx.Var[str], event: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        words, type="button", class_name="button quiet", aria_label=name, on_click=event
    )


def shared_box(edited: Record) -> rx.Component:
    """The box that shares a thing with everybody; only admins see it."""
    return rx.cond(
        ShellState.role == "ADMIN",
        check("Everybody can use it", "shared", checked=edited["shared"].to(bool)),
    )


def foot(button: str, state: Any) -> rx.Component:
    """The end of a form: leave what is being edited, or keep it."""
    return rx.el.div(
        rx.cond(
            state.edited["id"].to(str) != "",
            rx.el.button(
                "Leave as it was", type="button", class_name="button quiet", on_click=state.leave
            ),
        ),
        rx.el.span(class_name="spring"),
        rx.el.button(button, type="submit", class_name="button primary"),
        class_name="form-foot",
    )


def example(label: str, html: rx.Var[str]) -> rx.Component:
    """A text with its variables filled, as somebody would read it; nothing while it is empty."""
    return rx.cond(
        html != "",
        rx.el.div(
            rx.el.span(label, class_name="label"),
            rx.el.div(markup(html=html), class_name="example", role="status"),
            class_name="field",
        ),
    )
