"""One line of the ticket list."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago, countdown
from ticketdesk.components.primitives.glyphs import avatar, icon, priority_icon, status_icon
from ticketdesk.components.primitives.search import found, marked
from ticketdesk.components.primitives.selection import row_check, row_link
from ticketdesk.components.records import Record
from ticketdesk.components.states import bone


@rx.memo
def ticket_row(row: Record, rest: rx.RestProp) -> rx.Component:
    """A ticket as one line; memoised, so that a change of one ticket draws one line."""
    tags = row["tags"].to(list[str])
    return rx.el.li(
        rest,
        status_icon(status=row["status"].to(str), named=True),
        rx.el.span(row["number"].to(int), class_name="row-number number"),
        rx.el.span(
            row_link(number=row["number"].to(int), subject=row["subject"].to(str)),
            rx.el.span(marked(text=row["requester"].to(str)), class_name="row-requester"),
            found(text=row["found"].to(str)),
            class_name="row-main",
        ),
        rx.el.span(
            rx.cond(
                row["chat"].to(bool),
                rx.el.span(
                    icon(name="chat"),
                    "Created from chat",
                    class_name="badge accent",
                ),
            ),
            rx.foreach(tags, lambda tag: rx.el.span(tag, class_name="badge")),
            class_name="row-tags",
        ),
        rx.el.span(
            countdown(due=row["due"].to(str), state=row["sla"].to(str)), class_name="row-sla"
        ),
        priority_icon(priority=row["priority"].to(str), named=True),
        avatar(name=row["assignee"].to(str), named=True),
        rx.el.span(ago(at=row["updated"].to(str)), class_name="row-age"),
        row_check(
            ticket=row["id"].to(str), number=row["number"].to(int), subject=row["subject"].to(str)
        ),
        class_name=rx.cond(row["unread"].to(bool), "row unread", "row"),
        custom_attrs={"data-row": ""},
    )


def ticket_row_bone() -> rx.Component:
    """The shape of a line while the list is on its way."""
    return rx.el.li(
        bone("dot"),
        bone("word"),
        rx.el.span(bone("line"), class_name="row-main"),
        rx.el.span(class_name="row-tags"),
        rx.el.span(bone("word"), class_name="row-sla"),
        bone("dot"),
        bone("dot round"),
        rx.el.span(bone("short"), class_name="row-age"),
        class_name="row",
    )
