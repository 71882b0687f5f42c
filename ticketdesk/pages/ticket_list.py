"""/app/tickets: one line per ticket."""

import reflex as rx

from ticketdesk.components import ticket_beside, words
from ticketdesk.components.primitives.filters import (
    clear_filters,
    filter_chip,
    sort_menu,
)
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.more import more
from ticketdesk.components.primitives.search import search_box
from ticketdesk.components.primitives.selection import bulk_bar, row_list
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.primitives.views import save_view
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import blank, failed, forbidden
from ticketdesk.components.ticket_row import ticket_row, ticket_row_bone
from ticketdesk.state import slots
from ticketdesk.state.many import ManyState
from ticketdesk.state.saved_views import SavedViewsState
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import SORTS, TicketListState

_FILTERS = ["q", "status", "priority", "assignee", "category", "tag", "sla", "source"]


def page() -> rx.Component:
    """The list with its filters."""
    return screen(
        rx.el.header(
            menu_button(),
            rx.el.h1(TicketListState.title),
            rx.el.span(
                TicketListState.total_words, class_name="head-count number", aria_live="polite"
            ),
            rx.el.span(class_name="spring"),
            search_box(
                label="Search tickets",
                placeholder="Search tickets",
                shortcut="/",
                problem=TicketListState.problem,
                wrong=TicketListState.wrong,
                people=TicketListState.people,
                categories=TicketListState.categories,
                tags=TicketListState.tags,
            ),
            link(
                icon(name="plus"),
                rx.el.span("New ticket"),
                to="/app/tickets/new",
                class_name="button primary",
                custom_attrs={"data-key": "c"},
            ),
            class_name="head",
        ),
        filters(),
        rows(),
        bulk(),
        ticket_beside.merge(),
    )


def filters() -> rx.Component:
    """The chips that narrow the list; each writes one parameter of the address."""
    return rx.el.div(
        icon(name="filter"),
        *_chips(),
        clear_filters(params=_FILTERS),
        rx.cond(
            TicketListState.phase != "wrong",
            save_view(
                views=ShellState.views,
                role=ShellState.role,
                problem=SavedViewsState.problem,
                kept=SavedViewsState.kept,
                on_save=SavedViewsState.save,
                on_update=SavedViewsState.update_filters,
            ),
        ),
        rx.el.span(class_name="spring"),
        _export(),
        sort_menu(options=SORTS),
        class_name="filters",
        role="group",
        aria_label="Filters",
    )


def _chips() -> tuple[rx.Component, ...]:
    return (
        filter_chip(
            param="status", label="Status", multiple=True, options=ShellState.status_options
        ),
        filter_chip(
            param="priority", label="Priority", multiple=True, options=words.priority_options()
        ),
        filter_chip(param="assignee", label="Assignee", options=TicketListState.people),
        filter_chip(param="category", label="Category", options=TicketListState.categories),
        filter_chip(param="tag", label="Tag", options=TicketListState.tags),
        filter_chip(param="source", label="Source", options=words.origin_options()),
    )


def _export() -> rx.Component:
    return rx.el.a(
        icon(name="download"),
        "Export",
        href=TicketListState.export_path,
        download="",
        title="All tickets of this list as CSV",
        # Not a screen of the app: the browser itself fetches it, and the list stays.
        custom_attrs={"reloadDocument": True},
        class_name="button quiet small",
    )


def rows() -> rx.Component:
    """The lines, or the state that stands for them."""
    return rx.fragment(
        rx.match(
            TicketListState.phase,
            ("loading", _bones()),
            ("forbidden", forbidden()),
            ("failed", failed(TicketListState.load)),
            ("empty", _empty()),
            ("nothing", _nothing()),
            ("wrong", _wrong()),
            _lines(),
        )
    )


def bulk() -> rx.Component:
    """What can be done with the ticked lines."""
    return bulk_bar(
        people=TicketListState.people,
        statuses=ShellState.status_options,
        priorities=words.priority_options(),
        categories=TicketListState.categories,
        tags=TicketListState.tags,
        matching=TicketListState.total_words,
        done=ManyState.done,
        total=ManyState.total,
        applied=ManyState.applied,
        begun=ManyState.begun,
        problem=ManyState.problem,
        role=ShellState.role,
        on_apply=ManyState.apply,
        on_reply=ManyState.reply,
        on_delete=ManyState.delete,
        on_tick=ManyState.look,
    )


def _lines() -> rx.Component:
    return rx.el.div(
        row_list(
            rx.foreach(
                TicketListState.order,
                lambda slot: ticket_row(row=slots.at(TicketListState, slot), key=slot),
            ),
            shown=TicketListState.shown,
        ),
        more(
            rx.cond(
                TicketListState.next_path != "",
                link("Older tickets", to=TicketListState.next_path, class_name="button"),
            ),
            active=TicketListState.has_more,
            on_reach=TicketListState.load_more,
        ),
        class_name="scroll",
    )


def _bones() -> rx.Component:
    return rx.el.div(
        rx.el.ul(*(ticket_row_bone() for _ in range(14)), class_name="rows"),
        class_name="scroll",
        aria_busy="true",
        aria_label="Loading tickets",
        role="status",
    )


def _empty() -> rx.Component:
    return blank(
        "inbox",
        TicketListState.empty_title,
        "New tickets appear here by themselves, from email, chat, your website and this button.",
        link("New ticket", to="/app/tickets/new", class_name="button primary"),
    )


def _nothing() -> rx.Component:
    return blank(
        "search",
        "No ticket matches",
        "Use fewer words or take a filter away.",
        clear_filters(params=_FILTERS),
    )


def _wrong() -> rx.Component:
    return blank(
        "alert",
        "These filters do not work",
        TicketListState.problem,
        clear_filters(params=_FILTERS),
        link("To all open tickets", to="/app/tickets?view=open", class_name="button"),
    )
