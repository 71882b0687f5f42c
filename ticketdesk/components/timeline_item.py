"""One item of a ticket's timeline: a message of somebody, a note, or folded history."""

from typing import Any

import reflex as rx

from ticketdesk.components import mail_parts
from ticketdesk.components.files import attachment_grid
from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.glyphs import avatar, icon
from ticketdesk.components.primitives.mail_text import mail_text
from ticketdesk.components.primitives.relating import split_check
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record, Words


@rx.memo
def timeline_item(row: Record, rest: rx.RestProp) -> rx.Component:
    """An item; memoised, so that a new message draws one item."""
    return rx.el.li(
        rest,
        rx.match(
            row["kind"],
            ("activity", _history(row)),
            ("held", mail_parts.held(row)),
            ("mail", mail_parts.aside(row)),
            _message(row),
        ),
        class_name="item " + row["kind"].to(str),
    )


def _message(row: Record) -> rx.Component:
    return rx.el.article(
        avatar(name=row["author"].to(str), large=True),
        rx.el.div(
            rx.el.header(
                split_check(message=row["id"].to(str), author=row["author"].to(str)),
                rx.el.strong(row["author"].to(str)),
                rx.cond(
                    row["kind"] == "note",
                    rx.el.span(icon(name="lock"), "Internal note", class_name="badge note"),
                ),
                rx.cond(
                    row["sent"].to(dict)["again"].to(bool),
                    rx.el.span(icon(name="alert"), "Mail failed", class_name="badge danger"),
                ),
                rx.cond(row["origin"].to(str) != "", _origin(row["origin"].to(str))),
                rx.el.span(class_name="spring"),
                ago(at=row["at"].to(str), wide=True),
                class_name="message-head",
            ),
            mail_text(
                html=row["html"].to(str),
                remote=row["remote"].to(int),
                whole=row["inbound"].to(dict)["whole"].to(str),
                long=row["long"].to(str),
            ),
            rx.cond(row["cc"].to(str), rx.el.p("Cc ", row["cc"].to(str), class_name="message-cc")),
            attachment_grid(files=row["files"].to(list[dict[str, Any]])),
            mail_parts.why_here(row),
            mail_parts.sent(row),
            class_name="message-body",
        ),
        class_name="message",
    )


def _origin(number: rx.Var[str]) -> rx.Component:
    return link(
        "from #" + number,
        to="/app/tickets/" + number,
        class_name="message-origin",
        custom_attrs={"title": "Written on ticket " + number},
    )


def _history(row: Record) -> rx.Component:
    lines = row["lines"].to(list[dict[str, str]])
    return rx.cond(
        lines.length() > 3,
        rx.el.details(
            rx.el.summary(
                icon(name="forward"),
                lines.length().to_string(),
                " changes",
                rx.el.span(class_name="spring"),
                ago(at=row["at"].to(str), wide=True),
            ),
            rx.el.ul(rx.foreach(lines, _line)),
        ),
        rx.el.ul(rx.foreach(lines, _line)),
    )


def _line(line: Words) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name="history-dot"),
        rx.el.span(rx.el.strong(line["by"]), " ", line["what"]),
        rx.el.span(class_name="spring"),
        ago(at=line["at"], wide=True),
        class_name="history-line",
    )
