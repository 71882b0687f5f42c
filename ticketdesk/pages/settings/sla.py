"""/app/settings/sla: what is promised, and why something is due when it is."""

import reflex as rx

from ticketdesk.components.primitives.settings_hours import duration
from ticketdesk.components.primitives.settings_policy import policy_editor
from ticketdesk.components.primitives.sortable import sortable
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.business_hours import zones
from ticketdesk.pages.settings.parts import (
    check,
    drag_handle,
    error,
    form,
    leave_button,
    quiet_button,
)
from ticketdesk.pages.settings.sla_calculator import calculator
from ticketdesk.state.settings.sla import PRIORITIES, SlaState
from ticketdesk.state.settings.sla_policy import SlaPolicyState

_VALUES = SlaState.values


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "SLA",
        "What you promise: how soon somebody answers, and how soon it is solved.",
        card(
            "The promise for every ticket",
            _promise(),
            lead="Time counts " + _VALUES["hours"].to(str) + ".",
        ),
        _policies(),
        _policy(),
        calculator(),
        phase=SlaState.phase,
        again=SlaState.load,
    )


def _promise() -> rx.Component:
    return form(
        rx.el.div(
            _time("First response", "firstResponseTime", "first"),
            _time("Warn before it is due", "warnMinutes", "warn"),
            class_name="pair",
        ),
        rx.el.h4("Resolution"),
        rx.el.div(
            *(
                _time(name.capitalize(), f"resolutionTime.{name}", f"resolution.{name}")
                for name in PRIORITIES
            ),
            class_name="pair",
        ),
        rx.el.h4("The clock stands still while"),
        rx.el.div(
            _pause("the customer is waited for", "WAITING_ON_CUSTOMER"),
            _pause("a third party is waited for", "WAITING_ON_THIRD_PARTY"),
            class_name="checks",
        ),
        label="Promise",
        button="Save",
        state=SlaState,
        submit=SlaState.save,
        save=SlaState.check,
    )


def _time(label: str, path: str, name: str) -> rx.Component:
    path = f"slaConfig.{path}"
    return duration(
        name=path,
        label=label,
        initial=_VALUES[name].to(int),
        problem=error(SlaState.problems, path),
    )


def _pause(label: str, status: str) -> rx.Component:
    return check(label, status, checked=_VALUES[status].to(bool))


def _policies() -> rx.Component:
    return rx.cond(
        SlaState.policies.length() > 0,
        card(
            "Policies",
            sortable(
                rx.foreach(SlaState.policies, _row),
                class_name="settings-rows",
                on_place=SlaState.place,
            ),
            lead="Tried from the top; the first whose conditions hold replaces the promise above.",
        ),
        card(
            "No policies yet",
            lead="The promise above holds for every ticket. Make a policy for those that get "
            "another one, such as the tickets of one customer.",
        ),
    )


def _policy() -> rx.Component:
    return card(
        "Policy",
        form(
            policy_editor(
                name="policy",
                initial=SlaPolicyState.policy,
                words=SlaState.words,
                problems=SlaPolicyState.problems,
                zones=zones(),
                sets=SlaState.sets,
                found=SlaPolicyState.read_days,
                reads=SlaPolicyState.reads,
                on_read=SlaPolicyState.read_calendar,
            ),
            label="Policy",
            button="Save policy",
            state=SlaPolicyState,
            submit=SlaPolicyState.save,
            save=SlaPolicyState.check,
            more=leave_button(SlaPolicyState.edited != "", SlaPolicyState.leave),
        ),
        lead="A promise for some tickets only.",
    )


def _row(row: Record, place: rx.Var[int]) -> rx.Component:
    policy, name = row["id"].to(str), row["name"].to(str)
    active = row["active"].to(bool)
    return rx.el.li(
        drag_handle(name),
        rx.el.span(place + 1, class_name="settings-place"),
        rx.el.div(
            rx.el.strong(name), rx.el.span(row["words"].to(str)), class_name="settings-row-words"
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=active,
                on_change=lambda on: SlaState.switch(policy, on),
                aria_label=name + " applies",
            ),
            "On",
            class_name="check",
        ),
        quiet_button("Edit", "Edit " + name, SlaPolicyState.edit(policy)),
        quiet_button("Delete", "Delete " + name, SlaState.delete(policy)),
        class_name=rx.cond(active, "settings-row", "settings-row gone"),
        custom_attrs={"data-id": policy},
        key=policy,
    )
