"""The list of settings, narrowed while one types."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class SettingsNav(Module):
    """Links to the pages of settings; pages for admins only show to them."""

    library = "$/ticketdesk/settings_nav"
    tag = "SettingsNav"
    groups: rx.Var[list[dict[str, Any]]]
    role: rx.Var[str]


class Secret(Module):
    """A secret that is shown this once, with a button that copies it."""

    library = "$/ticketdesk/settings_nav"
    tag = "Secret"
    value: rx.Var[str]
    label: rx.Var[str]


class Drawing(Module):
    """A picture as SVG source of our own making."""

    library = "$/ticketdesk/settings_nav"
    tag = "Drawing"
    svg: rx.Var[str]
    alt: rx.Var[str]


settings_nav = SettingsNav.create
secret = Secret.create
drawing = Drawing.create
