"""The customer's links of a ticket, and their end."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class TrackingLinks(Module):
    """A button that revokes all tracking links of `ticket`, by its identifier."""

    library = "$/ticketdesk/tracking_links"
    tag = "TrackingLinks"
    ticket: rx.Var[str]


tracking_links = TrackingLinks.create
