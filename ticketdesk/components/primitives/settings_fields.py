"""Editors of lists that are part of a form of settings: custom fields and categories."""

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


class CategoriesEditor(Module):
    """The categories and their words by language, as JSON in two hidden inputs of those names."""

    library = "$/ticketdesk/settings_categories"
    tag = "CategoriesEditor"
    initial: rx.Var[list[str]]
    translations: rx.Var[dict[str, dict[str, str]]]
    languages: rx.Var[list[dict[str, str]]]
    problems: rx.Var[dict[str, str]]


fields_editor = FieldsEditor.create
categories_editor = CategoriesEditor.create
