"""The editor of a rule: a sentence of when, if and then."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class RuleEditor(Module):
    """A rule; its JSON travels in a hidden input, and with `on_try` to be tried.

    `words` is what `settings_rules.vocabulary` returns.
    """

    library = "$/ticketdesk/settings_rule"
    tag = "RuleEditor"
    name: rx.Var[str]
    initial: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, Any]]
    problems: rx.Var[dict[str, str]]
    on_try: rx.EventHandler[picked]


rule_editor = RuleEditor.create
