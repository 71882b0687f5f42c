"""Times that tell their age, and targets that count down, by themselves."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class Ago(Module):
    """How long ago something was; the exact time on hover, in the viewer's zone."""

    library = "$/ticketdesk/clock"
    tag = "Ago"
    at: rx.Var[str]
    wide: rx.Var[bool]


class Day(Module):
    """A day of the calendar (`YYYY-MM-DD`) in the language of dates that its reader prefers."""

    library = "$/ticketdesk/dates"
    tag = "Day"
    date: rx.Var[str]


class Dated(Module):
    """A sentence whose moments (services/desk/moments.py) are spelled for its reader."""

    library = "$/ticketdesk/dates"
    tag = "Dated"
    words: rx.Var[str]


class Countdown(Module):
    """The time left until a target; `state` is the service's word for it (SlaState)."""

    library = "$/ticketdesk/clock"
    tag = "Countdown"
    due: rx.Var[str]
    state: rx.Var[str]
    label: rx.Var[str]


ago = Ago.create
countdown = Countdown.create
dated = Dated.create
day = Day.create
