"""One message of a chat."""

from typing import Any

import reflex as rx

from ticketdesk.components.files import attachment_grid
from ticketdesk.components.primitives.chat_thread import bot_mark, chat_day, chat_time
from ticketdesk.components.primitives.composer import markup
from ticketdesk.components.primitives.glyphs import avatar, icon
from ticketdesk.components.records import Record
from ticketdesk.state.chat import ChatState

_ROLES = {"customer": "Customer", "agent": "Agent", "bot": "Bot"}


@rx.memo
def chat_message(row: Record, rest: rx.RestProp) -> rx.Component:
    """A message; memoised, so that a new one draws one."""
    return rx.el.li(
        rest,
        chat_day(at=row["at"].to(str), before=row["before"].to(str)),
        rx.el.article(
            rx.cond(
                row["kind"] == "bot", bot_mark(), avatar(name=row["author"].to(str), large=True)
            ),
            rx.el.div(_by(row), _bubble(row), _seen(row), class_name="chat-words"),
            class_name="chat-message",
        ),
        class_name="chat-item "
        + row["kind"].to(str)
        + rx.cond(row["follows"].to(bool), " follows", ""),
    )


def _by(row: Record) -> rx.Component:
    return rx.el.header(
        rx.el.strong(row["author"].to(str)),
        rx.match(
            row["kind"].to(str),
            *((kind, _role(kind, name)) for kind, name in _ROLES.items()),
            rx.fragment(),
        ),
        chat_time(at=row["at"].to(str)),
        class_name="chat-by",
    )


def _role(kind: str, name: str) -> rx.Component:
    return rx.el.span(name, class_name=f"chat-role {kind}")


def _bubble(row: Record) -> rx.Component:
    return rx.el.div(
        markup(html=row["html"].to(str)),
        rx.cond(
            row["cut"].to(bool),
            rx.el.button(
                "Show all of it",
                type="button",
                class_name="chat-more",
                on_click=ChatState.show_whole(row["id"].to(str)),
            ),
        ),
        attachment_grid(files=row["files"].to(list[dict[str, Any]])),
        class_name="chat-bubble",
    )


def _seen(row: Record) -> rx.Component | rx.Var[Any]:
    return rx.cond(
        row["seen"].to(bool), rx.el.p(icon(name="check"), "Seen", class_name="chat-seen")
    )
