"""The public form, shown beside its settings."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class Preview(Module):
    """A page of our own in a frame; another `address` takes the place of the present one."""

    library = "$/ticketdesk/settings_preview"
    tag = "Preview"
    address: rx.Var[str]
    label: rx.Var[str]


preview = Preview.create
