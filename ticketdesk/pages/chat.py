"""/app/chats/{id}: the conversation and what comes of it."""

import reflex as rx

from ticketdesk.components.chat_head import back, chat_head
from ticketdesk.components.chat_message import chat_message
from ticketdesk.components.chat_ticket_dialog import chat_ticket_dialog
from ticketdesk.components.primitives.chat_composer import chat_composer
from ticketdesk.components.primitives.chat_thread import chat_thread, chat_typing
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import bone, failed, forbidden, missing
from ticketdesk.state import slots
from ticketdesk.state.chat import ChatState
from ticketdesk.state.chat_composer import ChatComposerState
from ticketdesk.state.chat_signs import ChatSignsState

_FACTS = ChatState.facts


def page() -> rx.Component:
    """The screen, whatever state it is in."""
    return screen(
        rx.match(
            ChatState.phase,
            ("ready", _chat()),
            ("missing", _elsewhere(missing("chat", "/app/chats", "To the chats"))),
            ("forbidden", _elsewhere(forbidden())),
            ("failed", _elsewhere(failed(ChatState.load))),
            _bones(),
        )
    )


def _chat() -> rx.Component:
    return rx.fragment(
        page_title(text=_FACTS["title"].to(str)),
        chat_head(),
        rx.el.div(
            _thread(),
            _since(),
            chat_typing(names=ChatSignsState.names, heard=ChatSignsState.heard),
            rx.cond(_FACTS["closed"].to(bool), _closed(), _composer()),
            class_name="conversation chat",
        ),
        chat_ticket_dialog(),
    )


def _thread() -> rx.Component:
    return chat_thread(
        rx.cond(
            ChatState.older,
            rx.el.button(
                "Earlier messages",
                type="button",
                class_name="button older",
                on_click=ChatState.show_older,
            ),
        ),
        rx.cond(
            ChatState.order.length() == 0,
            rx.el.p("Nothing was said yet.", class_name="chat-nothing"),
        ),
        rx.el.ol(
            rx.foreach(
                ChatState.order,
                lambda slot: chat_message(row=slots.at(ChatState, slot), key=slot),
            ),
            class_name="chat-items",
        ),
        rx.cond(
            ChatState.newer,
            rx.el.button(
                "To the newest messages",
                type="button",
                class_name="button older",
                on_click=ChatState.show_newest,
            ),
        ),
        chat=_FACTS["id"].to(str),
        first=_FACTS["first"].to(str),
        latest=_FACTS["latest"].to(str),
        on_seen=ChatState.saw,
    )


def _composer() -> rx.Component:
    limits = _FACTS["limits"].to(dict[str, int])
    return chat_composer(
        chat=_FACTS["id"].to(str),
        draft=ChatComposerState.draft,
        files=ChatComposerState.files,
        max_bytes=limits["bytes"],
        max_files=limits["files"],
        recipient=_FACTS["customer"].to(str),
        stored=ChatComposerState.stored,
        refused=ChatComposerState.refused,
        canned=ChatComposerState.canned,
        inserted=ChatComposerState.inserted,
        on_send=ChatComposerState.send,
        on_save=ChatComposerState.save,
        on_offer=ChatComposerState.offer,
        on_insert=ChatComposerState.insert,
        on_typing=ChatSignsState.typing,
    )


def _since() -> rx.Component:
    """What the newest ticket does not have yet, and the way to add it."""
    later = _FACTS["later"].to(dict[str, int])
    count = later["messages"]
    return rx.cond(
        count > 0,
        rx.el.div(
            icon(name="ticket"),
            rx.el.span(
                rx.cond(count >= 100, "100 or more", count.to_string()),
                rx.cond(count == 1, " message", " messages"),
                " since ticket #",
                later["number"].to_string(),
            ),
            rx.el.button(
                "Add to the ticket", type="button", class_name="button", on_click=ChatState.append
            ),
            class_name="chat-since",
            role="status",
        ),
    )


def _closed() -> rx.Component:
    return rx.el.div(
        rx.el.p("This chat is closed."),
        rx.el.button(
            "Reopen chat", type="button", class_name="button", on_click=ChatState.close(False)
        ),
        class_name="composer chat-closed",
    )


def _elsewhere(body: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.header(menu_button(), back(), rx.el.h1("Chat"), class_name="head"), body
    )


def _bones() -> rx.Component:
    message = rx.el.div(
        bone("dot round"),
        rx.el.div(bone("word"), bone("line"), class_name="chat-bubble"),
        class_name="chat-message",
    )
    return rx.el.div(
        rx.el.div(menu_button(), bone("word"), bone("line"), class_name="head"),
        rx.el.div(message, message, message, class_name="timeline"),
        class_name="bones",
        aria_busy="true",
        role="status",
        aria_label="Loading the chat",
    )
