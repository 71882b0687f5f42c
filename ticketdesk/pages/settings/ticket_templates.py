"""/app/settings/ticket-templates: what agents may begin a new ticket with."""

from typing import Any

import reflex as rx

from ticketdesk.components.fields import rich_area
from ticketdesk.components.primitives.form import draft_form, picker_field
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.components.words import priority_options
from ticketdesk.pages.settings.parts import choice, error, field
from ticketdesk.state.settings.ticket_templates import TicketTemplatesState as State

_EDITED = State.edited
_PROBLEMS = State.problems
_OPEN = [{"value": "", "label": "Leave it open"}]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Ticket templates",
        "Filled-in starts for tickets that agents open again and again.",
        rx.cond(
            State.rows.length() > 0,
            card("Templates", rx.el.ul(rx.foreach(State.rows, _row), class_name="settings-rows")),
            card(
                "No templates yet",
                lead="Write the first one below; agents choose it in the form for a new ticket.",
            ),
        ),
        card(
            "Template",
            rx.fragment(
                draft_form(
                    *_fields(),
                    _foot(),
                    label="Template",
                    tries=State.tries,
                    on_save=State.check,
                    on_submit=State.save,
                ),
                key=State.saved.to_string(),
            ),
            lead="What is empty here stays as the agent has it.",
        ),
        phase=State.phase,
        again=State.load,
    )


def _fields() -> list[rx.Component]:
    return [
        field("Title", "title", _PROBLEMS, value=_EDITED["title"].to(str), longest=200),
        field("Subject", "subject", _PROBLEMS, value=_EDITED["subject"].to(str)),
        rich_area(
            "Description",
            "description",
            _EDITED["description"].to(str),
            error(_PROBLEMS, "description"),
        ),
        rx.el.div(
            _choice("Priority", "priority", [*_OPEN, *priority_options()]),
            _choice("Category", "category", State.categories),
            class_name="pair",
        ),
        _tags(),
    ]


def _choice(label: str, name: str, options: Any) -> rx.Component:
    return choice(label, name, _PROBLEMS, options, value=_EDITED[name].to(str))


def _tags() -> rx.Component:
    return rx.el.div(
        rx.el.span("Tags", class_name="label", aria_hidden="true"),
        picker_field(
            name="tags",
            label="Tags",
            initial=_EDITED["tags"].to(list[str]),
            options=[],
            multiple=True,
            creatable=True,
            prompt="Type a tag…",
            placeholder="None",
        ),
        class_name="field",
    )


def _row(row: Record) -> rx.Component:
    title, at = row["title"].to(str), row["position"].to(int)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(title),
            rx.el.span(row["subject"].to(str)),
            class_name="settings-row-words",
        ),
        _button("Edit", "Edit " + title, State.edit(at)),
        _button("Delete", "Delete " + title, State.delete(at)),
        class_name="settings-row",
        key=title,
    )


def _button(words: str, name: rx.Var[str], event: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        words, type="button", class_name="button quiet", aria_label=name, on_click=event
    )


def _foot() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _EDITED["position"].to(int) >= 0,
            rx.el.button(
                "Leave as it was", type="button", class_name="button quiet", on_click=State.leave
            ),
        ),
        rx.el.span(class_name="spring"),
        rx.el.button("Save template", type="submit", class_name="button primary"),
        class_name="form-foot",
    )
