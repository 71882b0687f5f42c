"""The editor of a chat."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


def _three(key: rx.Var[str], content: rx.Var[str], files: rx.Var[list[str]]) -> list[rx.Var[Any]]:
    return [key, content, files]


class ChatComposer(Module):
    """Enter sends; what the server has not confirmed is kept and sent again under its own key.

    `stored` is the key of the last message that was stored, `refused` key and reason of the last
    one that was not. `canned` is what `/` offers, and `inserted` the one that was filled last, with
    `times` counting on. `on_typing` says that one writes or has stopped. `on_save` carries chat,
    text and uploads, `on_send` key, text and uploads.
    """

    library = "$/ticketdesk/chat_composer"
    tag = "ChatComposer"
    chat: rx.Var[str]
    draft: rx.Var[str]
    files: rx.Var[list[dict[str, Any]]]
    max_bytes: rx.Var[int]
    max_files: rx.Var[int]
    recipient: rx.Var[str]
    stored: rx.Var[str]
    refused: rx.Var[dict[str, str]]
    canned: rx.Var[list[dict[str, str]]]
    inserted: rx.Var[dict[str, Any]]
    on_send: rx.EventHandler[_three]
    on_save: rx.EventHandler[_three]
    on_offer: rx.EventHandler[rx.event.no_args_event_spec]
    on_insert: rx.EventHandler[picked]
    on_typing: rx.EventHandler[picked]


chat_composer = ChatComposer.create
