"""The frame around every screen: sidebar, connection, palette, keys, messages."""

import reflex as rx

from ticketdesk.components import navigation
from ticketdesk.components.new_ticket_over import new_ticket_over
from ticketdesk.components.primitives.bell import bell
from ticketdesk.components.primitives.dialog import dialog, shortcuts
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.leave import leave
from ticketdesk.components.primitives.own_look import own_look
from ticketdesk.components.primitives.own_words import own_words
from ticketdesk.components.primitives.palette import palette
from ticketdesk.components.primitives.shell import (
    connection,
    drawer,
    link,
    nav_link,
    revive,
    skip_link,
    user_menu,
)
from ticketdesk.components.primitives.toaster import toaster
from ticketdesk.components.primitives.views import saved_views
from ticketdesk.state.bell import BellState
from ticketdesk.state.saved_views import SavedViewsState
from ticketdesk.state.shell import ShellState
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.undo import UndoState


def frame() -> rx.Component:
    """The frame; the current screen becomes its last child."""
    return rx.el.div(
        skip_link(),
        own_words(statuses=ShellState.statuses),
        own_look(look=ShellState.look, unread=BellState.unread),
        sidebar(),
        connection(),
        palette(places=navigation.PLACES, found=ShellState.found, on_search=ShellState.search),
        keys(),
        shortcuts(),
        new_ticket_over(),
        toaster(items=ToastState.items, on_undo=UndoState.undo),
        revive(alive=ShellState.name, on_lost=ShellState.load),
        rx.cond(ShellState.ended, leave()),
        class_name="app",
    )


def sidebar() -> rx.Component:
    """Where one can go, with what waits there."""
    return drawer(
        _head(),
        rx.el.button(
            icon(name="search"),
            rx.el.span("Find or do", class_name="nav-label"),
            rx.el.kbd("Ctrl K"),
            type="button",
            class_name="nav-link find",
            custom_attrs={"data-opens": "palette"},
        ),
        rx.el.div(*(_view(view) for view in navigation.VIEWS), class_name="nav-group"),
        saved_views(
            views=ShellState.views,
            role=ShellState.role,
            on_rename=SavedViewsState.rename,
            on_update=SavedViewsState.update_filters,
            on_move=SavedViewsState.move,
            on_delete=SavedViewsState.delete,
        ),
        rx.el.div(*(_place(place) for place in navigation.SCREENS), class_name="nav-group"),
        rx.cond(ShellState.guide, _guide()),
        _foot(),
        label="Views",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.span(rx.image(src="/favicon.svg", alt=""), class_name="mark"),
        rx.el.span(
            rx.cond(ShellState.organization, ShellState.organization, "TicketDesk"),
            class_name="organization",
        ),
        bell(
            unread=BellState.unread,
            items=BellState.items,
            on_look=BellState.look,
            on_mark_all=BellState.mark_all,
        ),
        class_name="sidebar-head",
    )


def _guide() -> rx.Component:
    return link(
        "Get started",
        rx.el.span(class_name="spring"),
        rx.el.span(ShellState.guide, class_name="badge"),
        to="/app/settings/start",
        class_name="guide-line",
    )


def _foot() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ShellState.name,
            user_menu(name=ShellState.name, email=ShellState.email),
            rx.el.span(class_name="bone user-bone"),
        ),
        class_name="sidebar-foot",
    )


def _view(view: navigation.View) -> rx.Component:
    return nav_link(
        to=view.path,
        icon=view.icon,
        label=view.label,
        count=ShellState.counts[view.name],
        tone=view.tone,
        shortcut=view.keys,
    )


def _place(place: navigation.Screen) -> rx.Component:
    return nav_link(
        to=place.path,
        icon=place.icon,
        label=place.label,
        count=ShellState.waiting_chats if place.path == "/app/chats" else 0,
        shortcut=place.keys,
    )


def keys() -> rx.Component:
    """The sheet of keyboard shortcuts."""
    return dialog(
        rx.el.div(
            *(
                rx.el.section(
                    rx.el.h3(group),
                    rx.el.dl(*(_key_line(name, combination) for name, combination in lines)),
                )
                for group, lines in navigation.KEYS.items()
            ),
            class_name="keys",
            role="region",
            aria_label="Shortcuts",
            tab_index=0,
        ),
        id="keys",
        title="Keyboard shortcuts",
        look="wide",
    )


def _key_line(name: str, combination: str) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(*(rx.el.kbd(key) for key in combination.split(" "))))
