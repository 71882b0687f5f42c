"""One line of the list of chats."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.chat_selection import chat_check
from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.glyphs import avatar, icon
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.states import bone


@rx.memo
def chat_row(row: Record, rest: rx.RestProp) -> rx.Component:
    """A chat as one line; memoised, so that a new message draws one line."""
    return rx.el.li(
        rest,
        avatar(name=row["customer"].to(str), large=True),
        rx.el.div(
            rx.el.div(
                link(
                    row["title"].to(str),
                    to="/app/chats/" + row["id"].to(str),
                    class_name="row-subject",
                    custom_attrs={"data-row-link": ""},
                ),
                rx.cond(row["unread"].to(bool), rx.el.span("Unread", class_name="visually-hidden")),
                rx.el.span(row["customer"].to(str), class_name="row-requester"),
                class_name="chat-row-top",
            ),
            rx.el.p(
                rx.el.span(row["by"].to(str), class_name="chat-row-by"),
                rx.cond(row["line"].to(str), row["line"].to(str), "Sent a file"),
            ),
            class_name="chat-row-words",
        ),
        rx.el.div(
            escalation(row["escalation"].to(str)),
            rx.foreach(
                row["tickets"].to(list[int]),
                lambda number: rx.el.span(
                    icon(name="ticket"), "#", number.to_string(), class_name="badge accent"
                ),
            ),
            class_name="chat-row-badges",
        ),
        rx.el.div(_waits(row), class_name="chat-row-time"),
        avatar(name=row["assignee"].to(str), named=True),
        chat_check(chat=row["id"].to(str), title=row["title"].to(str)),
        class_name=rx.cond(row["unread"].to(bool), "chat-row unread", "chat-row"),
        custom_attrs={"data-row": ""},
    )


def escalation(value: rx.Var[str]) -> rx.Component | rx.Var[Any]:
    """Says that somebody has to look now, or that a person was asked for."""
    return rx.match(
        value,
        ("ESCALATED", rx.el.span(icon(name="flame"), "Escalated", class_name="badge danger")),
        ("REQUESTED", rx.el.span(icon(name="alert"), "Asks for a person", class_name="badge warn")),
        rx.fragment(),
    )


def _waits(row: Record) -> rx.Component:
    return rx.cond(
        row["since"].to(str) != "",
        rx.el.span(
            icon(name="hourglass"),
            rx.el.span("Waiting since", class_name="visually-hidden"),
            ago(at=row["since"].to(str)),
            class_name="chat-waits",
        ),
        ago(at=row["updated"].to(str)),
    )


def chat_row_bone() -> rx.Component:
    """The shape of a line while the list is on its way."""
    return rx.el.li(
        bone("dot round"),
        rx.el.div(bone("word"), bone("line"), class_name="chat-row-words"),
        rx.el.span(),
        rx.el.div(bone("short"), class_name="chat-row-time"),
        bone("dot round"),
        class_name="chat-row",
    )
