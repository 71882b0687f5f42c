"""Editors of time: the week with its days off, and a length of time."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class HoursEditor(Module):
    """Zone, shifts and days off; their JSON travels in a hidden input, `{}` for round the clock.

    `found` are the days of a calendar that `on_read` had read; they are taken over when `reads`
    grows; without `on_read` no calendar is offered. `path` is what problems are named by, `always`
    what the tick says.
    """

    library = "$/ticketdesk/settings_hours"
    tag = "HoursEditor"
    name: rx.Var[str]
    initial: rx.Var[dict[str, Any]]
    zones: rx.Var[list[dict[str, str]]]
    sets: rx.Var[list[dict[str, str]]]
    problems: rx.Var[dict[str, str]]
    path: rx.Var[str]
    always: rx.Var[str]
    found: rx.Var[list[dict[str, str]]]
    reads: rx.Var[int]
    on_read: rx.EventHandler[picked]


class Duration(Module):
    """A length of time in minutes or hours; the form gets minutes."""

    library = "$/ticketdesk/settings_hours"
    tag = "Duration"
    name: rx.Var[str]
    label: rx.Var[str]
    initial: rx.Var[int]
    problem: rx.Var[str]


hours_editor = HoursEditor.create
duration = Duration.create
