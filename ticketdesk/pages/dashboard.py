"""/app/dashboard: the desk at a glance."""

import reflex as rx

from ticketdesk.components.figures import figure, figure_bones, periods
from ticketdesk.components.primitives.chart import day_chart, share
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.glyphs import avatar
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import blank, failed, forbidden
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
            periods(
                [(f"/app/dashboard?days={n}", f"{n} days", n) for n in PERIODS],
                DashboardState.period,
            ),
            class_name="head",
        ),
        rx.match(
            DashboardState.phase,
            ("ready", _figures()),
            ("forbidden", forbidden()),
            ("failed", failed(DashboardState.load)),
            ("empty", _empty()),
            figure_bones(5, charts=1),
        ),
    )


def _figures() -> rx.Component:
    return rx.el.div(
        rx.el.dl(rx.foreach(DashboardState.figures, figure), class_name="figures"),
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
