"""The head of a chat: who, how pressing, whose, and what came of it."""

import reflex as rx

from ticketdesk.components.chat_row import escalation
from ticketdesk.components.primitives.chat_menu import chat_menu
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.screen import menu_button
from ticketdesk.state.chat import ChatState
from ticketdesk.state.chat_ticket import ChatTicketState

_FACTS = ChatState.facts


def chat_head() -> rx.Component:
    """Title and customer, badges, and what can be done."""
    return rx.el.header(
        menu_button(),
        back(),
        _title(),
        _badges(),
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
        *_actions(),
        class_name="head chat-head",
    )


def _title() -> rx.Component:
    return rx.el.div(
        rx.el.h1(_FACTS["title"].to(str)),
        rx.el.p(
            _FACTS["customer"].to(str),
            rx.cond(
                _FACTS["email"].to(str),
                rx.el.span(" · ", _FACTS["email"].to(str), class_name="chat-email"),
            ),
        ),
        class_name="chat-title",
    )


def _badges() -> rx.Component:
    """How the chat stands, the tickets made of it, and those it was linked to."""
    return rx.el.div(
        rx.cond(_FACTS["closed"].to(bool), rx.el.span("Closed", class_name="badge")),
        escalation(_FACTS["escalation"].to(str)),
        rx.foreach(
            _FACTS["tickets"].to(list[dict[str, int]]),
            lambda ticket: _ticket(ticket["number"], "ticket", "badge accent"),
        ),
        rx.foreach(
            _FACTS["linked"].to(list[int]),
            lambda number: _ticket(number, "link", "badge", title="This chat was linked to it"),
        ),
        class_name="chat-badges",
        role="status",
        aria_label="Tickets of this chat",
    )


def _actions() -> tuple[rx.Component, ...]:
    closed = _FACTS["closed"].to(bool)
    return (
        rx.el.button(
            rx.cond(closed, "Reopen", "Close"),
            type="button",
            class_name="button chat-close",
            on_click=ChatState.close(~closed),
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
            closed=closed,
            escalated=_FACTS["escalation"].to(str) == "ESCALATED",
            on_ticket=ChatTicketState.begin,
            on_take=ChatState.assign("me"),
            on_escalate=lambda wanted: ChatState.escalate(wanted),
            on_close=lambda wanted: ChatState.close(wanted),
        ),
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


def _ticket(number: rx.Var[int], glyph: str, look: str, **more: str) -> rx.Component:
    return link(
        icon(name=glyph),
        "Ticket #" + number.to_string() + " · View",
        to="/app/tickets/" + number.to_string(),
        class_name=f"{look} chat-ticket-badge",
        **more,
    )
