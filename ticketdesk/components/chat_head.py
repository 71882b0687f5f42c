"""The head of a chat: who, how pressing, whose, and what came of it."""

from typing import Any

import reflex as rx

from ticketdesk.components.chat_row import escalation
from ticketdesk.components.primitives.chat_menu import chat_menu
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.screen import menu_button
from ticketdesk.state.chat import ChatState
from ticketdesk.state.chat_ticket import ChatTicketState

_FACTS = ChatState.facts


def chat_head() -> rx.Component:
    """Title and customer, badges, and what can be done."""
    return rx.el.header(
        menu_button(),
        back(),
        rx.el.div(
            rx.el.h1(_FACTS["title"].to(str)),
            rx.el.p(
                _FACTS["customer"].to(str),
                rx.cond(
                    _FACTS["email"].to(str),
                    rx.el.span(" · ", _FACTS["email"].to(str), class_name="chat-email"),
                ),
            ),
            class_name="chat-title",
        ),
        rx.el.div(
            rx.cond(_FACTS["closed"].to(bool), rx.el.span("Closed", class_name="badge")),
            escalation(_FACTS["escalation"].to(str)),
            rx.foreach(_FACTS["tickets"].to(list[dict[str, Any]]), _ticket),
            class_name="chat-badges",
            role="status",
            aria_label="Tickets of this chat",
        ),
        rx.el.span(class_name="spring"),
        picker(
            label="Assignee",
            shortcut="a",
            prompt="Hand over to…",
            look="quiet",
            align="end",
            placeholder="Nobody",
            value=_FACTS["assignee"].to(str),
            options=ChatState.people,
            on_pick=lambda agent: ChatState.assign(agent),
        ),
        rx.el.button(
            rx.cond(_FACTS["closed"].to(bool), "Reopen", "Close"),
            type="button",
            class_name="button chat-close",
            on_click=ChatState.close(~_FACTS["closed"].to(bool)),
        ),
        rx.el.button(
            icon(name="ticket"),
            rx.el.span("Create ticket"),
            type="button",
            class_name="button primary",
            aria_label="Create ticket",
            on_click=ChatTicketState.begin,
            custom_attrs={"data-opens": "chat-ticket", "data-key": "c"},
        ),
        chat_menu(
            closed=_FACTS["closed"].to(bool),
            escalated=_FACTS["escalation"].to(str) == "ESCALATED",
            on_ticket=ChatTicketState.begin,
            on_take=ChatState.assign("me"),
            on_escalate=lambda wanted: ChatState.escalate(wanted),
            on_close=lambda wanted: ChatState.close(wanted),
        ),
        class_name="head chat-head",
    )


def back() -> rx.Component:
    """Back to the list."""
    return link(
        icon(name="back"),
        to="/app/chats",
        class_name="button quiet icon-only",
        aria_label="Back to the chats",
        custom_attrs={"data-key": "u"},
    )


def _ticket(ticket: Record) -> rx.Component:
    return link(
        icon(name="ticket"),
        "Ticket #" + ticket["number"].to(int).to_string() + " · View",
        to="/app/tickets/" + ticket["number"].to(int).to_string(),
        class_name="badge accent chat-ticket-badge",
    )
