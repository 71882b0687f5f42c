"""What rules did lately: the dialog of one rule's runs, and where rules had to be stopped."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.dialog import dialog
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card
from ticketdesk.components.states import bone, forbidden
from ticketdesk.state.settings.rule_runs import RuleRunsState as State


def runs() -> rx.Component:
    """The dialog of a rule's newest runs."""
    return dialog(
        rx.el.p(State.name, class_name="card-lead"),
        rx.match(
            State.phase,
            ("ready", rx.el.ul(rx.foreach(State.rows, _run), class_name="settings-rows")),
            ("empty", rx.el.p("It has not run in the last 90 days.", class_name="card-lead")),
            ("forbidden", forbidden()),
            ("failed", rx.el.p("This could not be read. Close it and try again.", role="alert")),
            rx.el.div(bone("line"), bone("line"), aria_busy="true", role="status"),
        ),
        id="rule-runs",
        title="Last runs",
        look="wide rule-runs",
    )


def stops() -> rx.Component:
    """Where rules kept setting each other off; nothing while that never happened."""
    return rx.cond(
        State.stops.length() > 0,
        card(
            "Stopped",
            rx.el.ul(rx.foreach(State.stops, _stop), class_name="settings-rows"),
            lead="Rules that set each other off again and again are stopped after five rounds.",
        ),
    )


def _run(row: Record) -> rx.Component:
    problem = row["problem"].to(str)
    return _line(row, rx.cond(problem, rx.el.span(problem, class_name="field-problem")))


def _stop(row: Record) -> rx.Component:
    return _line(row)


def _line(row: Record, *more: rx.Component) -> rx.Component:
    number = row["number"].to(str)
    return rx.el.li(
        rx.el.div(
            link("#" + number + " " + row["subject"].to(str), to="/app/tickets/" + number),
            rx.el.span(row["words"].to(str)),
            *more,
            class_name="settings-row-words",
        ),
        ago(at=row["at"].to(str), wide=True),
        class_name="settings-row",
        key=row["id"].to(str),
    )
