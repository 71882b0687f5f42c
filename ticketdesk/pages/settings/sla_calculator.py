"""The calculator of /app/settings/sla: why is it due then?"""

import reflex as rx

from ticketdesk.components.primitives.clock import dated
from ticketdesk.components.primitives.clock import day as day_name
from ticketdesk.components.primitives.settings_hours import duration
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card
from ticketdesk.pages.settings.parts import error, field, form
from ticketdesk.state.settings.sla_calculator import CalculatorState as State

_PROBLEMS = State.problems


def calculator() -> rx.Component:
    """A question of a start and a length of time, and its answer day by day."""
    return card(
        "Why is it due then?",
        form(
            rx.el.div(
                field("Begins", "start", _PROBLEMS, kind="datetime-local"),
                duration(
                    name="minutes",
                    label="Promised",
                    initial=240,
                    problem=error(_PROBLEMS, "minutes"),
                ),
                class_name="pair",
            ),
            rx.el.div(
                field("Waiting from", "pauseFrom", _PROBLEMS, kind="datetime-local"),
                field(
                    "Waiting until",
                    "pauseTo",
                    _PROBLEMS,
                    kind="datetime-local",
                    hint="Leave both empty if nobody is waited for",
                ),
                class_name="pair",
            ),
            label="Calculator",
            button="Work it out",
            state=State,
            submit=State.ask,
        ),
        rx.cond(State.asked, _answer()),
        lead="Times are those of the business hours' zone, with shifts and days off as saved.",
    )


def _answer() -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.due != "",
            rx.el.p(
                "Due ", rx.el.strong(dated(words=State.due)), " (", State.zone, ")", role="status"
            ),
            rx.el.p("Never due: no time counts. The first four weeks:", role="status"),
        ),
        rx.el.ul(rx.foreach(State.days, _day), class_name="explained"),
        rx.cond(State.more > 0, rx.el.p("… and ", State.more, " more days.")),
        class_name="editor",
    )


def _day(day: Record) -> rx.Component:
    return rx.el.li(
        rx.el.span(day_name(date=day["date"].to(str)), class_name="explained-day"),
        rx.el.span(
            rx.foreach(day["stretches"].to(list[dict[str, str]]), _stretch),
            class_name="explained-spans",
        ),
        rx.el.span(day["counted"].to(str), " min", class_name="number field-hint"),
        class_name="explained-row",
        key=day["date"].to(str),
    )


def _stretch(one: Record) -> rx.Component:
    return rx.el.span(
        one["begins"].to(str),
        " - ",
        one["ends"].to(str),
        rx.match(
            one["kind"].to(str),
            ("counted", " counts"),
            ("holiday", " holiday"),
            ("paused", " waiting"),
            " closed",
        ),
        class_name="explained-span " + one["kind"].to(str),
    )
