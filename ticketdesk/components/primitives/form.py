"""Forms that keep a draft and put errors beside their fields."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class DraftForm(Module):
    """A form; `tries` counts refusals, and each leads the focus to the first wrong field.

    `on_leave` gets what was typed last when the form goes before `on_save` had its turn.
    """

    library = "$/ticketdesk/form"
    tag = "DraftForm"
    label: rx.Var[str]
    tries: rx.Var[int]
    on_save: rx.EventHandler[picked]
    on_leave: rx.EventHandler[picked]
    on_submit: rx.EventHandler[picked]


class PickerField(Module):
    """A picker whose value is part of a form; the properties are those of a picker."""

    library = "$/ticketdesk/form"
    tag = "PickerField"
    name: rx.Var[str]
    initial: rx.Var[Any]
    label: rx.Var[str]
    options: rx.Var[list[dict[str, Any]]]
    placeholder: rx.Var[str]
    prompt: rx.Var[str]
    multiple: rx.Var[bool]
    creatable: rx.Var[bool]
    invalid: rx.Var[bool]
    describedby: rx.Var[str]


class RequesterFields(Module):
    """Name and address, with those who are known offered while one types."""

    library = "$/ticketdesk/form"
    tag = "RequesterFields"
    name: rx.Var[str]
    email: rx.Var[str]
    name_problem: rx.Var[str]
    email_problem: rx.Var[str]
    found: rx.Var[list[dict[str, str]]]
    on_search: rx.EventHandler[picked]


draft_form = DraftForm.create
picker_field = PickerField.create
requester_fields = RequesterFields.create
