"""The editor of an SLA policy."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class PolicyEditor(Module):
    """A policy; its JSON travels in a hidden input. `words` are those of rules."""

    library = "$/ticketdesk/settings_policy"
    tag = "PolicyEditor"
    name: rx.Var[str]
    initial: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, Any]]
    problems: rx.Var[dict[str, str]]


policy_editor = PolicyEditor.create
