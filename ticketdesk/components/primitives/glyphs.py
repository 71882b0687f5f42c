"""Icons, status rings, priority bars and avatars."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class Icon(Module):
    """A line icon; decorative, so it never has a name of its own."""

    library = "$/ticketdesk/glyphs"
    tag = "Icon"
    name: rx.Var[str]


class StatusIcon(Module):
    """A ring that fills as the work on a ticket goes on."""

    library = "$/ticketdesk/glyphs"
    tag = "StatusIcon"
    status: rx.Var[str]
    named: rx.Var[bool]


class PriorityIcon(Module):
    """Bars, or a sign for what cannot wait."""

    library = "$/ticketdesk/glyphs"
    tag = "PriorityIcon"
    priority: rx.Var[str]
    named: rx.Var[bool]


class Avatar(Module):
    """Initials on a tint that belongs to the name; a dashed ring for nobody."""

    library = "$/ticketdesk/glyphs"
    tag = "Avatar"
    name: rx.Var[str]
    large: rx.Var[bool]
    named: rx.Var[bool]


icon = Icon.create
status_icon = StatusIcon.create
priority_icon = PriorityIcon.create
avatar = Avatar.create
