"""/app/dashboard: the desk at a glance."""

import reflex as rx

from ticketdesk.components.primitives.chart import day_chart, share
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.glyphs import avatar
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record, Words
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import blank, bone, failed, forbidden
from ticketdesk.state.dashboard import PERIODS, DashboardState

_SERIES = [{"key": "created", "label": "Created"}, {"key": "resolved", "label": "Resolved"}]


def page() -> rx.Component:
    """The figures, whatever state they are in."""
    return screen(
        page_title(text="Dashboard"),
        rx.el.header(
            menu_button(),
            rx.el.h1("Dashboard"),
            rx.el.span(class_name="spring"),
            _periods(),
            class_name="head",
        ),
        rx.match(
            DashboardState.phase,
            ("ready", _figures()),
            ("forbidden", forbidden()),
            ("failed", failed(DashboardState.load)),
            ("empty", _empty()),
            _bones(),
        ),
    )


def _periods() -> rx.Component:
    return rx.el.nav(
        *(
            link(
                f"{days} days",
                to=f"/app/dashboard?days={days}",
                class_name=rx.cond(DashboardState.period == days, "segment current", "segment"),
                aria_current=rx.cond(DashboardState.period == days, "true", "false"),
            )
            for days in PERIODS
        ),
        class_name="segments",
        aria_label="Period",
    )


def _figures() -> rx.Component:
    return rx.el.div(
        rx.el.dl(rx.foreach(DashboardState.figures, _figure), class_name="figures"),
        day_chart(
            title="Created and resolved per day",
            unit="",
            rows=DashboardState.days,
            series=_SERIES,
        ),
        rx.el.section(
            rx.el.h2("Workload"),
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Agent", scope="col"),
                        rx.el.th(rx.el.span("Share", class_name="visually-hidden"), scope="col"),
                        rx.el.th("Open", scope="col"),
                        rx.el.th("Resolved", scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(DashboardState.agents, _agent)),
                class_name="workload",
            ),
            class_name="card",
        ),
        class_name="scroll dashboard",
    )


def _figure(figure: Words) -> rx.Component:
    return rx.el.div(
        rx.el.dt(figure["label"]),
        rx.el.dd(
            rx.cond(
                figure["to"] != "",
                link(figure["value"], to=figure["to"], class_name="number"),
                rx.el.span(figure["value"], class_name="number"),
            ),
            rx.el.small(figure["hint"]),
        ),
        class_name="figure",
    )


def _agent(agent: Record) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(
                avatar(name=agent["name"].to(str)),
                rx.cond(agent["name"].to(str), agent["name"].to(str), "Nobody"),
                to=agent["to"].to(str),
            ),
            scope="row",
        ),
        rx.el.td(share(percent=agent["share"].to(str)), class_name="workload-share"),
        rx.el.td(agent["open"].to(int), class_name="number"),
        rx.el.td(agent["resolved"].to(int), class_name="number"),
    )


def _empty() -> rx.Component:
    return blank(
        "dashboard",
        "No figures yet",
        "They appear with the first ticket.",
        link("New ticket", to="/app/tickets/new", class_name="button primary"),
    )


def _bones() -> rx.Component:
    figure = rx.el.div(bone("word"), bone("line"), class_name="figure")
    return rx.el.div(
        rx.el.div(*(figure for _ in range(5)), class_name="figures"),
        rx.el.div(class_name="bone chart-bone"),
        class_name="scroll dashboard",
        aria_busy="true",
        role="status",
        aria_label="Loading the figures",
    )
