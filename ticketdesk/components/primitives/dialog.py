"""The browser's own dialog, and the keyboard shortcuts."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class Dialog(Module):
    """A modal dialog, opened by its id."""

    library = "$/ticketdesk/dialog"
    tag = "Dialog"
    title: rx.Var[str]
    look: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class Shortcuts(Module):
    """Listens for the keys declared as `data-key` on the elements of the screen."""

    library = "$/ticketdesk/dialog"
    tag = "Shortcuts"


dialog = Dialog.create
shortcuts = Shortcuts.create
