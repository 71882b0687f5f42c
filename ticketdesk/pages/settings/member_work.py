"""When a member works and how much they can take."""

import reflex as rx

from ticketdesk.components.primitives.settings_hours import hours_editor
from ticketdesk.components.settings_frame import card
from ticketdesk.pages.settings.business_hours import zones
from ticketdesk.pages.settings.parts import field, form, leave_button
from ticketdesk.state.settings.member_work import MemberWorkState as State


def work() -> rx.Component:
    """The card, while a member is chosen."""
    return rx.cond(
        State.member != "",
        card(
            "Work of " + State.name,
            form(
                field(
                    "Open tickets at most",
                    "capacity",
                    State.problems,
                    value=State.capacity,
                    hint="Empty: any number",
                    longest=6,
                ),
                hours_editor(
                    name="hours",
                    initial=State.hours,
                    zones=zones(),
                    sets=State.sets,
                    problems=State.problems,
                    path="workingHours",
                    always="At work round the clock",
                ),
                label="Work",
                button="Save work",
                state=State,
                submit=State.save,
                save=State.check,
                more=leave_button(State.member != "", State.leave),
            ),
            lead="Rules that share out tickets pass over whoever is away, not at work or full.",
        ),
    )
