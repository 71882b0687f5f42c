"""What the screens with figures have in common: the period, the figures, their place meanwhile."""

from collections.abc import Sequence

import reflex as rx

from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Words
from ticketdesk.components.states import bone


def periods(
    choices: Sequence[tuple[rx.Var[str] | str, str, int]], chosen: rx.Var[int]
) -> rx.Component:
    """The periods one may look at.

    Args:
        choices: address, label and days of each.
        chosen: the days of the one that is shown.
    """
    return rx.el.nav(
        *(
            link(
                label,
                to=to,
                class_name=rx.cond(chosen == days, "segment current", "segment"),
                aria_current=rx.cond(chosen == days, "true", "false"),
            )
            for to, label, days in choices
        ),
        class_name="segments",
        aria_label="Period",
    )


def figure(shown: Words) -> rx.Component:
    """One figure with its label and hint; it leads to its tickets where `to` says where."""
    return rx.el.div(
        rx.el.dt(shown["label"]),
        rx.el.dd(
            rx.cond(
                shown["to"],
                link(shown["value"], to=shown["to"], class_name="number"),
                rx.el.span(shown["value"], class_name="number"),
            ),
            rx.el.small(shown["hint"]),
        ),
        class_name="figure",
    )


def figure_bones(count: int, *, charts: int, look: str = "figures") -> rx.Component:
    """Their place while they are on their way."""
    one = rx.el.div(bone("word"), bone("line"), class_name="figure")
    return rx.el.div(
        rx.el.div(*(one for _ in range(count)), class_name=look),
        *(rx.el.div(class_name="bone chart-bone") for _ in range(charts)),
        class_name="scroll dashboard",
        aria_busy="true",
        role="status",
        aria_label="Loading the figures",
    )
