"""/app/tickets/new: a ticket opened for somebody who called, wrote or stood at the door."""

from typing import Any

import reflex as rx

from ticketdesk.components import words
from ticketdesk.components.fields import labelled, text_area, text_field
from ticketdesk.components.files import upload_field
from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.form import draft_form, picker_field, requester_fields
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import bone, failed, forbidden
from ticketdesk.state.new_ticket import NewTicketState

_PROBLEMS = NewTicketState.problems
_DRAFT = NewTicketState.draft


def page() -> rx.Component:
    """The form, whatever state it is in."""
    return screen(
        page_title(text="New ticket"),
        rx.el.header(
            menu_button(),
            link(
                icon(name="back"),
                to="/app/tickets",
                class_name="button quiet icon-only",
                aria_label="Back to the list",
            ),
            rx.el.h1("New ticket"),
            class_name="head",
        ),
        rx.match(
            NewTicketState.phase,
            ("ready", _form()),
            ("forbidden", forbidden()),
            ("failed", failed(NewTicketState.load)),
            _bones(),
        ),
    )


def _form() -> rx.Component:
    return rx.el.div(
        draft_form(
            requester_fields(
                name=_kept("requesterName"),
                email=_kept("requesterEmail"),
                name_problem=_error("requesterName"),
                email_problem=_error("requesterEmail"),
                found=NewTicketState.found,
                on_search=NewTicketState.suggest,
            ),
            text_field("Subject", "subject", _kept("subject"), _error("subject")),
            upload_field(
                text_area(
                    "Description", "description", _kept("description"), _error("description")
                ),
                name="attachmentIds",
                kept=NewTicketState.files,
                max_bytes=NewTicketState.limits["bytes"],
                max_files=NewTicketState.limits["files"],
                problem=_error("attachmentIds"),
            ),
            rx.el.div(
                labelled("Priority", _priority()),
                labelled("Category", _category()),
                labelled("Tags", _tags()),
                class_name="triple",
            ),
            rx.foreach(NewTicketState.fields, _own_field),
            rx.el.div(
                rx.el.label(
                    rx.el.input(
                        type="checkbox",
                        name="assign",
                        default_checked=_kept("assign") == "on",
                    ),
                    "Assign to me",
                    class_name="check",
                ),
                rx.el.span(class_name="spring"),
                link("Cancel", to="/app/tickets", class_name="button quiet"),
                rx.el.button("Create ticket", type="submit", class_name="button primary"),
                class_name="form-foot",
            ),
            label="New ticket",
            tries=NewTicketState.tries,
            on_save=NewTicketState.save,
            on_submit=NewTicketState.create,
        ),
        class_name="scroll form-scroll",
    )


def _kept(name: str) -> rx.Var[str]:
    return rx.cond(_DRAFT.contains(name), _DRAFT[name].to(str), "")


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
        initial=rx.cond(_DRAFT.contains("tags"), _DRAFT["tags"].to(list[str]), rx.Var.create([])),
        multiple=True,
        creatable=True,
        options=NewTicketState.tags,
    )


def _own_field(field: Record) -> rx.Component:
    name, label = field["name"].to(str), field["label"].to(str)
    options = field["options"].to(list[dict[str, Any]])
    return rx.fragment(
        rx.match(
            field["kind"].to(str),
            ("select", _labelled(label, picker_field(name=name, label=label, options=options))),
            (
                "multi_select",
                _labelled(
                    label, picker_field(name=name, label=label, options=options, multiple=True)
                ),
            ),
            (
                "checkbox",
                rx.el.label(
                    rx.el.input(type="checkbox", name=name, value="yes"), label, class_name="check"
                ),
            ),
            _plain_field(name, label, field["kind"].to(str)),
        )
    )


def _labelled(label: rx.Var[str], control: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"), control, class_name="field"
    )


def _plain_field(name: rx.Var[str], label: rx.Var[str], kind: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="label"),
        rx.el.input(name=name, type=kind, class_name="input", max_length=5000),
        class_name="field",
    )


def _bones() -> rx.Component:
    line = rx.el.div(bone("word"), bone("control"), class_name="field")
    return rx.el.div(
        rx.el.div(rx.el.div(line, line, class_name="pair"), line, line, line, class_name="form"),
        class_name="scroll form-scroll",
        aria_busy="true",
        role="status",
        aria_label="Loading the form",
    )
