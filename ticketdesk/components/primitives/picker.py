"""A button that opens a list one can type into: status, priority, people, tags, filters."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class Picker(Module):
    """One or several choices of a list.

    `options` are dicts of value, label, and optionally glyph, hint, keywords, disabled. `look` is
    "fact" (a line of the facts panel) or "field" (a form field). What is picked shows at once; when
    `refused` grows, `value` shows again.
    """

    library = "$/ticketdesk/picker"
    tag = "Picker"
    label: rx.Var[str]
    value: rx.Var[Any]
    options: rx.Var[list[dict[str, Any]]]
    placeholder: rx.Var[str]
    prompt: rx.Var[str]
    look: rx.Var[str]
    shortcut: rx.Var[str]
    multiple: rx.Var[bool]
    creatable: rx.Var[bool]
    disabled: rx.Var[bool]
    invalid: rx.Var[bool]
    describedby: rx.Var[str]
    refused: rx.Var[int]
    align: rx.Var[str]
    on_pick: rx.EventHandler[picked]


picker = Picker.create
