"""A rich text as a form field."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class RichField(Module):
    """A text with its formats; `initial` and what the form sends are HTML, "" for nothing."""

    library = "$/ticketdesk/rich_field"
    tag = "RichField"
    name: rx.Var[str]
    label: rx.Var[str]
    initial: rx.Var[str]
    placeholder: rx.Var[str]
    invalid: rx.Var[bool]
    describedby: rx.Var[str]


rich_field = RichField.create
