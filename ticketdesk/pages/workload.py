"""/app/workload: who has how much to do, and who gets the next ticket."""

import reflex as rx

from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.glyphs import avatar
from ticketdesk.components.primitives.load_bar import load_bar
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import failed, forbidden
from ticketdesk.services.desk.words import PRIORITY
from ticketdesk.state.workload import WorkloadState as State

_COLUMNS = ("Agent", "Open by priority", "Open", "Capacity", *PRIORITY.values(), "Waiting",
            "Due soon", "Breached", "Automatic assignment")  # fmt: skip


def page() -> rx.Component:
    """The table, whatever state it is in."""
    return screen(
        page_title(text="Workload"),
        rx.el.header(menu_button(), rx.el.h1("Workload"), class_name="head"),
        rx.match(
            State.phase,
            ("ready", _table()),
            ("forbidden", forbidden()),
            ("failed", failed(State.load)),
            _bones(),
        ),
    )


def _table() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.div(
                rx.el.h2("Open tickets of every agent"),
                rx.el.ul(
                    *(
                        rx.el.li(rx.el.span(class_name=f"swatch {str(key).lower()}"), word)
                        for key, word in PRIORITY.items()
                    ),
                    class_name="legend",
                ),
                rx.el.span(class_name="spring"),
                link("Unassigned", to="/app/tickets?view=unassigned", class_name="button quiet"),
                class_name="chart-head",
            ),
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*(rx.el.th(name, scope="col") for name in _COLUMNS))),
                    rx.el.tbody(rx.foreach(State.rows, _row)),
                    class_name="workload loads",
                ),
                class_name="parts-scroll",
                tab_index=0,
                role="region",
                aria_label="Open tickets of every agent, table",
            ),
            rx.el.p(
                "The line in a bar is the capacity. Rules that assign in turn or to the least"
                " loaded pass over whoever is away, not at work or full.",
                class_name="field-hint",
            ),
            class_name="card",
        ),
        class_name="scroll dashboard",
    )


def _row(row: Record) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(
                avatar(name=row["name"].to(str)),
                row["name"].to(str),
                to=row["toOpen"].to(str),
            ),
            scope="row",
        ),
        rx.el.td(
            load_bar(
                parts=row["parts"].to(list[dict[str, str]]),
                most=row["most"].to(int),
                limit=row["limit"].to(int),
            ),
            class_name="load-cell",
        ),
        _count(row["open"].to(int), row["toOpen"].to(str), "open of ", row),
        rx.el.td(row["capacity"].to(str), class_name="number"),
        rx.foreach(
            row["parts"].to(list[dict[str, int]]),
            lambda part: _count(
                part["count"], part["to"].to(str), part["priority"].to(str) + " of ", row
            ),
        ),
        _count(row["waiting"].to(int), row["toWaiting"].to(str), "waiting of ", row),
        _count(row["dueSoon"].to(int), row["toDueSoon"].to(str), "due soon of ", row),
        _count(row["breached"].to(int), row["toBreached"].to(str), "breached of ", row),
        rx.el.td(row["state"].to(str), class_name=rx.cond(row["free"].to(bool), "", "away")),
        key=row["id"].to(str),
    )


def _count(
    count: rx.Var[int], to: rx.Var[str], what: rx.Var[str] | str, row: Record
) -> rx.Component:
    name = count.to_string() + " " + what + row["name"].to(str)
    return rx.el.td(
        rx.cond(count > 0, link(count, to=to, aria_label=name), rx.el.span("0")),
        class_name="number",
    )


def _bones() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="bone chart-bone"),
        class_name="scroll dashboard",
        aria_busy="true",
        role="status",
        aria_label="Loading the workload",
    )
