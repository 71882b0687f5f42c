"""The parts of the frame that live in the browser."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class Link(Module):
    """A link inside the app; it never reloads the page."""

    library = "$/ticketdesk/shell"
    tag = "Link"
    to: rx.Var[str]
    title: rx.Var[str]


class SkipLink(Module):
    """Leads the keyboard past the sidebar."""

    library = "$/ticketdesk/shell"
    tag = "SkipLink"


class NavLink(Module):
    """A line of the sidebar with its live count."""

    library = "$/ticketdesk/shell"
    tag = "NavLink"
    to: rx.Var[str]
    icon: rx.Var[str]
    label: rx.Var[str]
    count: rx.Var[int]
    capped: rx.Var[bool]
    tone: rx.Var[str]
    shortcut: rx.Var[str]


class UserMenu(Module):
    """Who is signed in, the theme, the keys and the way out."""

    library = "$/ticketdesk/shell"
    tag = "UserMenu"
    name: rx.Var[str]
    email: rx.Var[str]


class Connection(Module):
    """Says that the server cannot be reached, while it cannot."""

    library = "$/ticketdesk/shell"
    tag = "Connection"


class Revive(Module):
    """Fires when the server has forgotten the page, so that it reads everything again."""

    library = "$/ticketdesk/shell"
    tag = "Revive"
    alive: rx.Var[str]
    on_lost: rx.EventHandler[rx.event.no_args_event_spec]


class Drawer(Module):
    """A part of the screen, and a drawer where there is no room for it; `name` is its class.

    An element with `data-drawer` of the name opens it. `landmark` is the element it becomes.
    """

    library = "$/ticketdesk/shell"
    tag = "Drawer"
    label: rx.Var[str]
    name: rx.Var[str]
    landmark: rx.Var[str]


link = Link.create
nav_link = NavLink.create
user_menu = UserMenu.create
connection = Connection.create
drawer = Drawer.create
revive = Revive.create
skip_link = SkipLink.create
