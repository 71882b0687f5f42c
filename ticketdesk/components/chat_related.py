"""The card "Related chat" beside a ticket."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Words
from ticketdesk.state.related_chats import RelatedChatsState
from ticketdesk.state.ticket import TicketState

_FACTS = TicketState.facts


def related_chats() -> rx.Component:
    """The chat the ticket came from, further ones, and a way to add one."""
    return rx.el.section(
        rx.el.h2("Related chat"),
        rx.cond(_FACTS["chat"].to(dict[str, str])["id"] != "", _origin()),
        rx.el.ul(
            rx.foreach(_FACTS["linked"].to(list[dict[str, str]]), _linked), class_name="others"
        ),
        rx.cond(
            RelatedChatsState.choices.length() > 0,
            rx.el.div(
                rx.el.span("Link", class_name="fact-name"),
                picker(
                    label="Link a chat",
                    prompt="Find a chat…",
                    placeholder="Add a chat…",
                    value="",
                    options=RelatedChatsState.choices,
                    on_pick=RelatedChatsState.link,
                ),
                class_name="fact-row",
            ),
        ),
        class_name="facts-group",
    )


def _origin() -> rx.Component:
    chat = _FACTS["chat"].to(dict[str, str])
    badge = rx.el.span("Created from chat", class_name="badge accent")
    return _way(chat["id"], chat["title"], badge)


def _linked(chat: Words) -> rx.Component:
    return rx.el.li(
        _way(chat["id"], chat["title"]),
        rx.el.button(
            icon(name="close"),
            type="button",
            class_name="button quiet icon-only",
            aria_label="Unlink " + chat["title"],
            on_click=RelatedChatsState.unlink(chat["id"]),
        ),
        class_name="chat-linked",
    )


def _way(chat_id: rx.Var[str], title: rx.Var[str], *more: rx.Component) -> rx.Component:
    return link(
        icon(name="chat"),
        rx.el.span(title, class_name="chat-linked-title"),
        *more,
        to="/app/chats/" + chat_id,
        class_name="other",
    )
