"""Editors of lists that are part of a form of settings: custom fields and plain names."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class FieldsEditor(Module):
    """The custom fields; their JSON travels in a hidden input called `name`."""

    library = "$/ticketdesk/settings_fields"
    tag = "FieldsEditor"
    name: rx.Var[str]
    initial: rx.Var[list[dict[str, Any]]]
    problems: rx.Var[dict[str, str]]
    tries: rx.Var[int]
    categories: rx.Var[list[str]]
    languages: rx.Var[list[dict[str, str]]]


class NamesEditor(Module):
    """A list of names; errors are looked up below `path`."""

    library = "$/ticketdesk/settings_parts"
    tag = "NamesEditor"
    name: rx.Var[str]
    noun: rx.Var[str]
    path: rx.Var[str]
    empty: rx.Var[str]
    initial: rx.Var[list[str]]
    problems: rx.Var[dict[str, str]]


fields_editor = FieldsEditor.create
names_editor = NamesEditor.create
