"""/app/reports: analytics of a period, with filters in the address."""

import reflex as rx

from ticketdesk.components import words
from ticketdesk.components.figures import figure, figure_bones, periods
from ticketdesk.components.primitives.chart import day_chart, parts
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.filters import clear_filters, date_range, filter_chip
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import blank, failed, forbidden
from ticketdesk.services.desk.words import SOURCE
from ticketdesk.state.reports import FILTERS, PERIODS
from ticketdesk.state.reports import ReportsState as State

_SOURCES = [{"value": str(value), "label": label} for value, label in SOURCE.items()]
_TIMES = (("median", "Half within"), ("p90", "9 of 10 within"))


def page() -> rx.Component:
    """The figures, whatever state they are in."""
    return screen(
        page_title(text="Reports"),
        rx.el.header(
            menu_button(),
            rx.el.h1("Reports"),
            rx.el.span(class_name="spring"),
            periods(
                [(State.paths[str(n)], label, n) for n, label in PERIODS.items()], State.period
            ),
            class_name="head",
        ),
        _filters(),
        rx.match(
            State.phase,
            ("ready", _figures()),
            ("forbidden", forbidden()),
            ("failed", failed(State.load)),
            ("empty", _empty()),
            figure_bones(8, charts=2, look="figures report-figures"),
        ),
    )


def _filters() -> rx.Component:
    return rx.el.div(
        icon(name="filter"),
        filter_chip(param="source", label="Channel", options=_SOURCES),
        filter_chip(param="category", label="Category", options=State.categories),
        filter_chip(param="agent", label="Agent", options=State.people),
        filter_chip(param="tag", label="Tag", options=State.tags),
        filter_chip(param="priority", label="Priority", options=words.priority_options()),
        clear_filters(params=list(FILTERS)),
        rx.el.span(class_name="spring"),
        date_range(since=State.since, until=State.until, own=State.period == 0),
        class_name="filters",
        role="group",
        aria_label="Filters",
    )


def _figures() -> rx.Component:
    return rx.el.div(
        rx.el.dl(rx.foreach(State.figures, figure), class_name="figures report-figures"),
        _chart(
            "Created and resolved", "", (("created", "Created"), ("resolved", "Resolved")), "bars"
        ),
        _chart("Open tickets", "", (("backlog", "Open at the end"),), "lines"),
        _chart("Time to first response", "h", _times("first"), "lines"),
        _chart("Time to resolution", "h", _times("took"), "lines"),
        _chart("Targets met", "%", (("kept", "Tickets without a missed target"),), "lines", 100),
        parts(title="By channel", noun="Channel", rows=State.channel),
        parts(title="By category", noun="Category", rows=State.category),
        parts(title="By agent", noun="Agent", rows=State.agent),
        parts(title="By tag", noun="Tag", rows=State.tag),
        parts(title="By priority", noun="Priority", rows=State.priority),
        rx.el.p(
            "Days begin at midnight in ",
            State.zone,
            ". Times run around the clock; first responses are of tickets created then, resolutions"
            " of tickets resolved then.",
            class_name="field-hint",
        ),
        class_name="scroll dashboard",
    )


def _times(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}-{part}", label) for part, label in _TIMES)


def _chart(
    title: str, unit: str, series: tuple[tuple[str, str], ...], look: str, limit: int = 0
) -> rx.Component:
    return day_chart(
        title=title,
        unit=unit,
        rows=State.buckets,
        series=[{"key": key, "label": label} for key, label in series],
        look=look,
        span=State.span,
        limit=limit,
    )


def _empty() -> rx.Component:
    return blank(
        "reports",
        "No figures",
        "No ticket of the period fits. Choose a longer one, or clear the filters.",
        link("Tickets", to="/app/tickets", class_name="button"),
    )
