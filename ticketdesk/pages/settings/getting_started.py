"""/app/settings/start: five steps to the first ticket."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.state.settings.getting_started import GettingStartedState
from ticketdesk.state.shell import ShellState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Get started",
        "Five steps to your first ticket. Each is ticked when it is really done.",
        card(
            "Steps",
            rx.el.ol(rx.foreach(GettingStartedState.steps, _step), class_name="guide-steps"),
            rx.el.div(
                rx.el.span(
                    GettingStartedState.done.to_string(),
                    " of ",
                    GettingStartedState.steps.length().to_string(),
                    " done",
                    role="status",
                ),
                rx.el.span(class_name="spring"),
                rx.cond(
                    ShellState.guide != "",
                    rx.el.button(
                        "Take it out of the sidebar",
                        type="button",
                        class_name="button quiet",
                        on_click=GettingStartedState.dismiss,
                    ),
                ),
                class_name="form-foot",
            ),
        ),
        phase=GettingStartedState.phase,
        again=GettingStartedState.load,
    )


def _step(step: Record) -> rx.Component:
    done = step["done"].to(bool)
    return rx.el.li(
        rx.el.span(
            rx.cond(done, icon(name="check"), step["number"].to(int).to_string()),
            class_name="guide-mark",
            aria_hidden="true",
        ),
        rx.el.div(
            link(step["title"].to(str), to=step["path"].to(str), class_name="guide-title"),
            rx.el.span(step["words"].to(str)),
            class_name="settings-row-words",
        ),
        rx.cond(done, rx.el.span("Done", class_name="badge accent")),
        class_name=rx.cond(done, "guide-step done", "guide-step"),
        key=step["path"].to(str),
    )
