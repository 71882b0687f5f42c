"""The form for a new ticket, on a page of its own or over another screen."""

from typing import Any

import reflex as rx

from ticketdesk.components import words
from ticketdesk.components.fields import labelled, rich_area, text_field
from ticketdesk.components.files import upload_field
from ticketdesk.components.primitives.form import draft_form, picker_field, requester_fields
from ticketdesk.components.primitives.new_ticket_parts import (
    copy_field,
    known_tickets,
    own_fields,
    template_picker,
)
from ticketdesk.components.states import bone
from ticketdesk.state.new_ticket import NewTicketState

_PROBLEMS = NewTicketState.problems
_DRAFT = NewTicketState.draft


def new_ticket_form(cancel: rx.Component) -> rx.Component:
    """The form; `cancel` is the way out of it."""
    return rx.fragment(
        draft_form(
            template_picker(templates=NewTicketState.templates, on_use=NewTicketState.use),
            requester_fields(
                name=_kept("requesterName"),
                email=_kept("requesterEmail"),
                name_problem=_error("requesterName"),
                email_problem=_error("requesterEmail"),
                found=NewTicketState.found,
                on_search=NewTicketState.suggest,
            ),
            copy_field(name="cc", initial=_kept_list("cc"), problem=_error("cc")),
            text_field("Subject", "subject", _kept("subject"), _error("subject")),
            known_tickets(recent=NewTicketState.recent, alike=NewTicketState.alike),
            _description(),
            rx.el.div(
                labelled("Priority", _priority()),
                labelled("Category", _category()),
                labelled("Tags", _tags()),
                class_name="triple",
            ),
            own_fields(fields=NewTicketState.fields, values=_DRAFT, problems=_PROBLEMS),
            _foot(cancel),
            label="New ticket",
            tries=NewTicketState.tries,
            on_save=_save,
            on_leave=_save,
            on_submit=NewTicketState.create,
        ),
        key=NewTicketState.starts.to_string(),
    )


def _save(values: rx.Var[Any]) -> Any:
    return NewTicketState.save(values, NewTicketState.starts)


def new_ticket_bones() -> rx.Component:
    """Its place while it is on its way."""
    line = rx.el.div(bone("word"), bone("control"), class_name="field")
    return rx.el.div(
        rx.el.div(rx.el.div(line, line, class_name="pair"), line, line, line, class_name="form"),
        aria_busy="true",
        role="status",
        aria_label="Loading the form",
    )


def _description() -> rx.Component:
    return upload_field(
        rich_area("Description", "description", _kept("description"), _error("description")),
        name="attachmentIds",
        kept=NewTicketState.files,
        max_bytes=NewTicketState.limits["bytes"],
        max_files=NewTicketState.limits["files"],
        problem=_error("attachmentIds"),
    )


def _foot(cancel: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.label(
            rx.el.input(type="checkbox", name="assign", default_checked=_kept("assign") == "on"),
            "Assign to me",
            class_name="check",
        ),
        rx.el.span(class_name="spring"),
        rx.cond(
            NewTicketState.kept,
            rx.fragment(
                rx.el.span("Draft saved", class_name="field-hint", role="status"),
                rx.el.button(
                    "Discard",
                    type="button",
                    class_name="button quiet",
                    on_click=NewTicketState.discard,
                ),
            ),
        ),
        cancel,
        rx.el.button("Create ticket", type="submit", class_name="button primary"),
        class_name="form-foot",
    )


def _kept(name: str) -> rx.Var[str]:
    return rx.cond(_DRAFT.contains(name), _DRAFT[name].to(str), "")


def _kept_list(name: str) -> rx.Var[list[str]]:
    return rx.cond(_DRAFT.contains(name), _DRAFT[name].to(list[str]), rx.Var.create([]))


def _error(name: str) -> rx.Var[str]:
    return rx.cond(_PROBLEMS.contains(name), _PROBLEMS[name], "")


def _priority() -> rx.Component:
    return picker_field(
        name="priority",
        label="Priority",
        prompt="Set priority…",
        initial=NewTicketState.priority,
        options=words.priority_options(),
    )


def _category() -> rx.Component:
    return picker_field(
        name="category",
        label="Category",
        prompt="Choose a category…",
        initial=_kept("category"),
        options=NewTicketState.categories,
    )


def _tags() -> rx.Component:
    return picker_field(
        name="tags",
        label="Tags",
        prompt="Find or add a tag…",
        initial=_kept_list("tags"),
        multiple=True,
        creatable=True,
        options=NewTicketState.tags,
    )
