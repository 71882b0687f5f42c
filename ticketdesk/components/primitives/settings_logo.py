"""The organization's logo: looked at, replaced, removed."""

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class LogoField(Module):
    """The logo as a part of a form; `on_kept` comes once another one is kept."""

    library = "$/ticketdesk/settings_logo"
    tag = "LogoField"
    url: rx.Var[str]
    on_kept: rx.EventHandler[picked]


logo_field = LogoField.create
