"""The targets beside a ticket, and the dialog that explains them day by day."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.clock import ago, countdown, dated, day
from ticketdesk.components.primitives.day_bar import day_bar
from ticketdesk.components.primitives.dialog import dialog
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.records import Record, Words
from ticketdesk.components.states import bone, failed, forbidden
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.ticket_clocks import TicketClocksState as State

_DIALOG = "ticket-clocks"
_LEGEND = (
    ("counted", "Counts"),
    ("paused", "Waiting"),
    ("outside", "Closed"),
    ("holiday", "Day off"),
)
_CLOCKS = TicketState.facts["clocks"].to(list[dict[str, str]])


def targets() -> rx.Component:
    """Every target with its countdown, and the way to the explanation."""
    return rx.el.section(
        rx.el.h2("Targets"),
        rx.foreach(_CLOCKS, _target),
        rx.cond(
            _CLOCKS.length() > 0,
            rx.el.button(
                icon(name="alarm"),
                "Why is it due then?",
                type="button",
                class_name="button quiet start",
                custom_attrs={"data-opens": _DIALOG},
                on_click=State.load,
            ),
            rx.el.p("No targets", class_name="fact-name"),
        ),
        class_name="facts-group",
    )


def _target(clock: Words) -> rx.Component:
    return rx.el.div(
        rx.el.span(clock["label"], class_name="fact-name"),
        rx.el.span(_reading(clock), class_name="fact-value"),
        class_name="fact-row",
    )


def _reading(clock: Words) -> rx.Component:
    return rx.fragment(
        rx.match(
            clock["state"],
            ("met", _over("check", "Met ", clock, "met")),
            ("moot", rx.el.span("No reply needed", class_name="quiet")),
            ("missed", _over("flame", "Missed, done ", clock, "countdown late")),
            rx.cond(
                (clock["due"] == "") & (clock["state"] != "paused"),
                rx.el.span("Never due", class_name="quiet"),
                countdown(due=clock["due"], state=clock["state"], label=clock["label"]),
            ),
        )
    )


def _over(glyph: str, words: str, clock: Words, look: str) -> rx.Component:
    return rx.el.span(icon(name=glyph), words, ago(at=clock["met"], wide=True), class_name=look)


def explanation() -> rx.Component:
    """The dialog that shows every clock day by day."""
    return dialog(
        rx.match(
            State.phase,
            ("ready", _ready()),
            ("empty", rx.el.p("Nothing is promised for this ticket.", class_name="card-lead")),
            ("forbidden", forbidden()),
            ("failed", failed(State.load)),
            _bones(),
        ),
        id=_DIALOG,
        title="Why is it due then?",
        look="wide ticket-clocks",
        on_close=State.leave,
    )


def _ready() -> rx.Component:
    return rx.el.div(
        rx.el.p(State.words, class_name="card-lead"),
        rx.el.ul(
            *(rx.el.li(rx.el.span(class_name=f"swatch {kind}"), words) for kind, words in _LEGEND),
            class_name="legend",
        ),
        rx.foreach(State.clocks, _clock),
        class_name="clock-list",
        role="region",
        tab_index=0,
        aria_label="Clocks",
    )


def _clock(clock: Record) -> rx.Component:
    words = clock.to(dict[str, str])
    more = clock["more"].to(int)
    return rx.el.section(
        rx.el.header(
            rx.el.h3(words["label"], ": ", words["promise"]),
            rx.cond(words["due"] == "", rx.el.span(_reading(words))),
            class_name="clock-head",
        ),
        rx.el.p(dated(words=words["words"]), role="status"),
        rx.el.ol(
            rx.foreach(clock["days"].to(list[dict[str, Any]]), _day),
            class_name="explained",
        ),
        rx.cond(more > 0, rx.el.p("… and ", more, " more days.", class_name="field-hint")),
        rx.el.p(words["sum"], class_name="clock-sum"),
        key=words["kind"],
        class_name="clock-explained",
        aria_label=words["label"],
    )


def _day(shown: Record) -> rx.Component:
    stretches = shown["stretches"]
    return rx.el.li(
        rx.el.span(day(date=shown["date"].to(str)), class_name="explained-day"),
        rx.el.div(
            day_bar(
                length=shown["length"].to(int),
                stretches=stretches.to(list[dict[str, Any]]),
                now=rx.cond(shown["date"].to(str) == State.today, State.minute, -1),
            ),
            rx.el.span(
                rx.foreach(stretches.to(list[dict[str, str]]), _stretch),
                class_name="explained-spans",
            ),
            class_name="clock-day",
        ),
        rx.el.span(shown["words"].to(str), class_name="number field-hint"),
        class_name="explained-row",
        key=shown["date"].to(str),
    )


def _stretch(one: Words) -> rx.Component:
    return rx.el.span(
        one["begins"],
        "\N{EN DASH}",
        one["ends"],
        rx.match(
            one["kind"],
            ("counted", " counts"),
            ("holiday", " day off"),
            ("paused", " waiting"),
            " closed",
        ),
        class_name="explained-span " + one["kind"],
        key=one["begins"],
    )


def _bones() -> rx.Component:
    return rx.el.div(
        *(rx.el.div(bone("word"), bone("control"), class_name="field") for _ in range(3)),
        class_name="clock-list",
        aria_busy="true",
        role="status",
        aria_label="Working it out",
    )
