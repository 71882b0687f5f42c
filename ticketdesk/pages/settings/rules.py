"""/app/settings/rules: what the desk does by itself."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago, dated
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.settings_rule import rule_editor
from ticketdesk.components.primitives.sortable import sortable
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings import rule_runs
from ticketdesk.pages.settings.parts import drag_handle, form, leave_button, quiet_button
from ticketdesk.state.settings.rule_runs import RuleRunsState
from ticketdesk.state.settings.rule_trial import RuleTrialState
from ticketdesk.state.settings.rules import RulesState

_PROBLEMS = rx.cond(
    RuleTrialState.problems.length() > 0, RuleTrialState.problems, RulesState.problems
)


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Rules",
        "What the desk does by itself: when something happens, if conditions hold, then it acts.",
        rx.cond(
            RulesState.rows.length() > 0,
            card(
                "Your rules",
                sortable(
                    rx.foreach(RulesState.rows, _row),
                    class_name="settings-rows",
                    on_place=RulesState.place,
                ),
                lead="They run from the top; a later rule sees what an earlier one changed.",
            ),
            card("No rules yet", lead="Begin with one of those below, or write your own."),
        ),
        _starters(),
        card("Rule", _form()),
        rx.cond(RuleTrialState.tried, _trial()),
        rule_runs.stops(),
        rule_runs.runs(),
        phase=RulesState.phase,
        again=RulesState.load,
    )


def _form() -> rx.Component:
    return form(
        rule_editor(
            name="rule",
            initial=RulesState.rule,
            words=RulesState.words,
            problems=_PROBLEMS,
            on_try=RuleTrialState.try_out,
        ),
        label="Rule",
        button="Save rule",
        state=RulesState,
        submit=RulesState.save,
        save=RulesState.check,
        more=leave_button(RulesState.edited != "", RulesState.leave),
    )


def _row(row: Record, place: rx.Var[int]) -> rx.Component:
    rule, name, active = row["id"].to(str), row["name"].to(str), row["active"].to(bool)
    last, wrong = row["last"].to(str), row["problem"].to(str)
    return rx.el.li(
        drag_handle(name),
        rx.el.span(place + 1, class_name="settings-place"),
        rx.el.div(
            rx.el.strong(name),
            rx.el.span(row["words"].to(str), rx.cond(last, rx.fragment(", last ", ago(at=last)))),
            rx.cond(wrong, rx.el.span(wrong, class_name="field-problem")),
            class_name="settings-row-words",
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=active,
                on_change=lambda on: RulesState.switch(rule, on),
                aria_label=name + " is on",
            ),
            "On",
            class_name="check",
        ),
        rx.el.button(
            "Runs",
            type="button",
            class_name="button quiet",
            aria_label="Last runs of " + name,
            custom_attrs={"data-opens": "rule-runs"},
            on_click=RuleRunsState.show(rule, name),
        ),
        quiet_button("Edit", "Edit " + name, RulesState.edit(rule)),
        quiet_button("Delete", "Delete " + name, RulesState.delete(rule)),
        class_name=rx.cond(active, "settings-row", "settings-row gone"),
        custom_attrs={"data-id": rule},
        key=rule,
    )


def _starters() -> rx.Component:
    return rx.el.details(
        rx.el.summary(icon(name="forward"), "Rules to begin with"),
        rx.el.ul(rx.foreach(RulesState.starters, _starter), class_name="settings-rows"),
        class_name="settings-card starters",
    )


def _starter(one: Record) -> rx.Component:
    title, needs = one["title"].to(str), one["needs"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(title),
            rx.el.span(one["words"].to(str), " ", needs),
            class_name="settings-row-words",
        ),
        quiet_button("Use", "Use " + title, RulesState.begin(one["key"].to(str)), off=needs != ""),
        class_name="settings-row",
        key=one["key"].to(str),
    )


def _trial() -> rx.Component:
    return card(
        "What would have changed",
        rx.el.p(dated(words=RuleTrialState.words), role="status", class_name="card-lead"),
        rx.el.ul(rx.foreach(RuleTrialState.rows, _touched), class_name="settings-rows"),
    )


def _touched(row: Record) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["name"].to(str)),
            rx.el.span(row["words"].to(str)),
            class_name="settings-row-words",
        ),
        ago(at=row["at"].to(str)),
        class_name="settings-row",
        key=row["id"].to(str),
    )
