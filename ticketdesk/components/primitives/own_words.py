"""The organization's own words for what the browser names by itself."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class OwnWords(Module):
    """Takes over what the organization calls each status; it draws nothing."""

    library = "$/ticketdesk/own_words"
    tag = "OwnWords"
    statuses: rx.Var[dict[str, str]]


own_words = OwnWords.create
