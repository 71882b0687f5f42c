"""/app/chats: who is talking, and who waits for an answer."""

import reflex as rx

from ticketdesk.components.chat_row import chat_row, chat_row_bone
from ticketdesk.components.primitives.chat_selection import chat_bulk
from ticketdesk.components.primitives.more import more
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import blank, failed, forbidden
from ticketdesk.state import slots
from ticketdesk.state.chat_many import MOST, ChatManyState
from ticketdesk.state.chats import ChatsState


def page() -> rx.Component:
    """The list with its two sides."""
    return screen(
        rx.el.header(
            menu_button(),
            rx.el.h1("Chats"),
            rx.el.span(ChatsState.waiting_words, class_name="head-count", aria_live="polite"),
            rx.el.span(class_name="spring"),
            rx.el.nav(
                _side("Open", "/app/chats", ~ChatsState.closed),
                _side("Closed", "/app/chats?status=closed", ChatsState.closed),
                class_name="chat-sides",
                aria_label="Which chats",
            ),
            class_name="head",
        ),
        rx.match(
            ChatsState.phase,
            ("loading", _bones()),
            ("forbidden", forbidden()),
            ("failed", failed(ChatsState.load)),
            ("empty", _empty()),
            _lines(),
        ),
        chat_bulk(
            done=ChatManyState.done,
            total=ChatManyState.total,
            most=MOST,
            results=ChatManyState.results,
            on_create=ChatManyState.create,
            on_forget=ChatManyState.forget,
        ),
    )


def _side(name: str, to: str, current: rx.Var[bool]) -> rx.Component:
    return link(
        name,
        to=to,
        class_name="tab",
        aria_current=rx.cond(current, "true", "false"),
    )


def _lines() -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(
                ChatsState.order,
                lambda slot: chat_row(row=slots.at(ChatsState, slot), key=slot),
            ),
            class_name="rows",
            aria_label="Chats",
        ),
        more(
            rx.cond(
                ChatsState.next_path != "",
                link("Further chats", to=ChatsState.next_path, class_name="button"),
            ),
            active=ChatsState.has_more,
            on_reach=ChatsState.load_more,
        ),
        class_name="scroll",
    )


def _bones() -> rx.Component:
    return rx.el.div(
        rx.el.ul(*(chat_row_bone() for _ in range(9)), class_name="rows"),
        class_name="scroll",
        aria_busy="true",
        aria_label="Loading chats",
        role="status",
    )


def _empty() -> rx.Component:
    return rx.cond(
        ChatsState.closed,
        blank("chat", "No closed chats yet", "A chat that you close can be read here."),
        blank(
            "chat",
            "No open chats",
            "Conversations from your website and from connected chat systems appear here by "
            "themselves.",
            link("Set up the widget", to="/app/settings/widget", class_name="button"),
        ),
    )
