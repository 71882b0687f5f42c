"""The editor of an SLA policy."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class PolicyEditor(Module):
    """A policy; its JSON travels in a hidden input.

    `words` are those of rules; `zones`, `sets`, `found`, `reads` and `on_read` those of hours.
    """

    library = "$/ticketdesk/settings_policy"
    tag = "PolicyEditor"
    name: rx.Var[str]
    initial: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, Any]]
    problems: rx.Var[dict[str, str]]
    zones: rx.Var[list[dict[str, str]]]
    sets: rx.Var[list[dict[str, str]]]
    found: rx.Var[list[dict[str, str]]]
    reads: rx.Var[int]
    on_read: rx.EventHandler[picked]


policy_editor = PolicyEditor.create
