"""/app/settings/statuses: what each status is called."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import status_icon
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.models.enums import TicketStatus
from ticketdesk.pages.settings.parts import field, form
from ticketdesk.services.desk.words import STATUS
from ticketdesk.services.embed.sentences import say
from ticketdesk.state.settings.statuses import StatusesState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Statuses",
        "What each status is called, at the desk and towards customers. What it means stays the"
        " same; programs go on seeing its name in the API.",
        card(
            "Own words",
            form(
                *(_row(status) for status in TicketStatus),
                label="Statuses",
                button="Save",
                state=StatusesState,
                submit=StatusesState.save,
                save=StatusesState.check,
            ),
            lead="Empty takes the built-in words, which customers read in their own language.",
        ),
        phase=StatusesState.phase,
        again=StatusesState.load,
    )


def _row(status: TicketStatus) -> rx.Component:
    words = STATUS[status]
    return rx.el.fieldset(
        rx.el.legend(status_icon(status=str(status)), words, class_name="status-legend"),
        rx.el.div(
            _line(status, "agent", f"{words} at the desk", words),
            _line(status, "customer", f"{words} towards customers", say("en", f"status.{status}")),
            class_name="pair",
        ),
        class_name="status-row",
    )


def _line(status: TicketStatus, side: str, label: str, built_in: str) -> rx.Component:
    return field(
        label,
        f"statusLabels.{status}.{side}",
        StatusesState.problems,
        value=StatusesState.values[f"{status}.{side}"],
        hint=f"Built in: {built_in}",
        longest=40,
    )
