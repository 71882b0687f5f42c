"""Ticking chats, and the bar that makes tickets of them."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _clicked(chats: rx.Var[list[str]], click: rx.Var[str]) -> list[rx.Var[Any]]:
    return [chats, click]


class ChatCheck(Module):
    """A line's tick; the browser keeps it by the chat's identifier."""

    library = "$/ticketdesk/chat_selection"
    tag = "ChatCheck"
    chat: rx.Var[str]
    title: rx.Var[str]


class ChatBulk(Module):
    """There while something is ticked, or while there are results to read.

    `done` and `total` say how far it is, `results` has chat, number and problem of each.
    """

    library = "$/ticketdesk/chat_selection"
    tag = "ChatBulk"
    done: rx.Var[int]
    total: rx.Var[int]
    most: rx.Var[int]
    results: rx.Var[list[dict[str, Any]]]
    on_create: rx.EventHandler[_clicked]
    on_forget: rx.EventHandler[rx.event.no_args_event_spec]


chat_check = ChatCheck.create
chat_bulk = ChatBulk.create
