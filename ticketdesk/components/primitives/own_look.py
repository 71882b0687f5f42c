"""What the account says about the look, in the browser."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class OwnLook(Module):
    """Wears theme and density, and tells of news while the page is not looked at.

    `look` has `theme`, `density`, `dateLanguage` and `browserNotifications`; `{}` until known.
    """

    library = "$/ticketdesk/own_look"
    tag = "OwnLook"
    look: rx.Var[dict[str, Any]]
    unread: rx.Var[int]


class AllowNotifications(Module):
    """A button that lets the browser ask for permission, or what it has decided."""

    library = "$/ticketdesk/own_look"
    tag = "AllowNotifications"


own_look = OwnLook.create
allow_notifications = AllowNotifications.create
