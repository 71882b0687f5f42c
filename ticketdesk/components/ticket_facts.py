"""The panel beside a ticket: what it is, who has it, by when."""

from typing import Any

import reflex as rx

from ticketdesk.components import ticket_beside, words
from ticketdesk.components.chat_related import related_chats
from ticketdesk.components.files import file_list
from ticketdesk.components.primitives.own_facts import own_facts
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.shell import drawer
from ticketdesk.components.primitives.tracking_links import tracking_links
from ticketdesk.components.ticket_clocks import explanation, targets
from ticketdesk.state.own_fields import OwnFieldsState
from ticketdesk.state.ticket import TicketState

_FACTS = TicketState.facts


def facts() -> rx.Component:
    """Controls first, then what can only be read."""
    return rx.fragment(
        drawer(
            rx.el.section(
                _control("Status", status_control()),
                _control("Priority", priority_control()),
                _control("Assignee", assignee_control()),
                _control("Category", category_control()),
                _control("Tags", tags_control()),
                class_name="facts-group",
            ),
            targets(),
            _own(),
            rx.cond(
                _FACTS["files"].to(list[dict[str, Any]]).length() > 0,
                rx.el.section(
                    rx.el.h2("Files"),
                    file_list(
                        files=_FACTS["files"].to(list[dict[str, Any]]),
                        ticket=_FACTS["id"].to(str),
                        removable=True,
                    ),
                    class_name="facts-group",
                ),
            ),
            related_chats(),
            ticket_beside.requester(),
            ticket_beside.links(),
            rx.el.section(
                rx.el.h2("Tracking page"),
                tracking_links(ticket=_FACTS["id"].to(str)),
                class_name="facts-group",
            ),
            name="facts",
            landmark="aside",
            label="Facts",
        ),
        explanation(),
    )


def status_control() -> rx.Component:
    """The status; only the moves that are allowed."""
    return picker(
        label="Status",
        shortcut="s",
        value=_FACTS["status"].to(str),
        options=_FACTS["moves"].to(list[dict[str, Any]]),
        refused=TicketState.refused,
        on_pick=lambda value: TicketState.change("status", value),
    )


def priority_control() -> rx.Component:
    """The priority."""
    return picker(
        label="Priority",
        shortcut="p",
        value=_FACTS["priority"].to(str),
        options=words.priority_options(),
        refused=TicketState.refused,
        on_pick=lambda value: TicketState.change("priority", value),
    )


def assignee_control() -> rx.Component:
    """Who has it; `i` takes it oneself."""
    return rx.fragment(
        picker(
            label="Assignee",
            shortcut="a",
            prompt="Assign to…",
            placeholder="Nobody",
            value=_FACTS["assignee"].to(str),
            options=TicketState.people,
            refused=TicketState.refused,
            on_pick=lambda value: TicketState.change("assignee", value),
        ),
        rx.el.button(
            "Assign to me",
            type="button",
            class_name="visually-hidden",
            tab_index=-1,
            aria_hidden="true",
            on_click=TicketState.take,
            custom_attrs={"data-key": "i"},
        ),
    )


def category_control() -> rx.Component:
    """The category, from the organization's list."""
    return picker(
        label="Category",
        placeholder="None",
        value=_FACTS["category"].to(str),
        options=TicketState.categories,
        refused=TicketState.refused,
        on_pick=lambda value: TicketState.change("category", value),
    )


def tags_control() -> rx.Component:
    """Tags in use, and new ones."""
    return picker(
        label="Tags",
        shortcut="t",
        prompt="Find or add a tag…",
        placeholder="None",
        multiple=True,
        creatable=True,
        value=_FACTS["tags"].to(list[str]),
        options=TicketState.tags,
        refused=TicketState.refused,
        on_pick=lambda value: TicketState.change("tags", value),
    )


def _control(name: str, control: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.span(name, class_name="fact-name"), control, class_name="fact-row")


def _own() -> rx.Component:
    fields = _FACTS["fields"].to(list[dict[str, Any]])
    return rx.cond(
        fields.length() > 0,
        rx.el.section(
            rx.el.h2("Fields"),
            own_facts(
                ticket=_FACTS["id"].to(str),
                fields=fields,
                problems=rx.cond(
                    OwnFieldsState.ticket == _FACTS["id"].to(str),
                    OwnFieldsState.problems,
                    rx.Var.create({}),
                ),
                refused=TicketState.refused,
                on_change=OwnFieldsState.change,
            ),
            class_name="facts-group",
        ),
    )
