"""The way out of the app."""

from ticketdesk.components.primitives.module import Module


class Leave(Module):
    """Goes to the login as soon as it is shown, and remembers where one was."""

    library = "$/ticketdesk/leave"
    tag = "Leave"


class Elsewhere(Module):
    """Asks the server for an address that is not one of the app's screens."""

    library = "$/ticketdesk/leave"
    tag = "Elsewhere"


leave = Leave.create
elsewhere = Elsewhere.create
