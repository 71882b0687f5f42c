"""The macros' part of /app/settings/canned-responses."""

import reflex as rx

from ticketdesk.components.fields import problem, rich_area
from ticketdesk.components.primitives.form import draft_form, picker_field
from ticketdesk.components.settings_frame import card
from ticketdesk.components.words import priority_options
from ticketdesk.pages.settings.library_parts import example, foot, listing, shared_box
from ticketdesk.pages.settings.parts import choice, error, field
from ticketdesk.state.settings.macros import MacrosState as State

_EDITED = State.edited
_PROBLEMS = State.problems
_SAME = [{"value": "", "label": "Leave as it is"}]


def macro_cards() -> list[rx.Component]:
    """The list of macros and the form that makes one."""
    return [
        listing(
            "Macros",
            State,
            empty="No macros yet",
            lead="Make the first one below: it changes, tags and answers a ticket in one click.",
            words=lambda row: row["words"].to(str),
        ),
        card(
            "Macro",
            rx.fragment(
                draft_form(
                    *_fields(),
                    foot("Save macro", State),
                    label="Macro",
                    tries=State.tries,
                    on_save=State.preview,
                    on_submit=State.save,
                ),
                key=State.saved.to_string(),
            ),
            lead="Only what is filled in here is changed on a ticket.",
        ),
    ]


def _fields() -> list[rx.Component]:
    return [
        rx.el.div(
            field("Name", "macroName", _PROBLEMS, value=_EDITED["title"].to(str), longest=200),
            _choice("Assign to", "assignedToId", State.people),
            class_name="pair",
        ),
        rx.el.div(
            _choice("Set status", "status", State.statuses),
            _choice("Set priority", "priority", [*_SAME, *priority_options()]),
            class_name="pair",
        ),
        rx.el.div(
            _tags("Add tags", "addTags"), _tags("Remove tags", "removeTags"), class_name="pair"
        ),
        rich_area("Reply", "reply", _EDITED["reply"].to(str), error(_PROBLEMS, "reply")),
        example("A customer would get", State.examples["reply"]),
        rich_area("Internal note", "note", _EDITED["note"].to(str), error(_PROBLEMS, "note")),
        example("The team would read", State.examples["note"]),
        problem("change", error(_PROBLEMS, "change")),
        shared_box(_EDITED),
    ]


def _choice(label: str, name: str, options: object) -> rx.Component:
    return choice(label, name, _PROBLEMS, options, value=_EDITED[name].to(str))


def _tags(label: str, name: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"),
        picker_field(
            name=name,
            label=label,
            initial=_EDITED[name].to(list[str]),
            options=[],
            multiple=True,
            creatable=True,
            prompt="Type a tag…",
            placeholder="None",
        ),
        class_name="field",
    )
