"""The organization's own fields as facts that are changed where they stand."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _answered(name: rx.Var[str], value: rx.Var[Any]) -> list[rx.Var[Any]]:
    return [name, value]


class OwnFacts(Module):
    """Fields of a ticket, as `services.desk.own_fields.shown` gives them.

    `problems` are by the fields' names; when `refused` grows, boxes and lists show the facts again,
    while a text stays for its author to correct.
    """

    library = "$/ticketdesk/own_facts"
    tag = "OwnFacts"
    ticket: rx.Var[str]
    fields: rx.Var[list[dict[str, Any]]]
    problems: rx.Var[dict[str, str]]
    refused: rx.Var[int]
    on_change: rx.EventHandler[_answered]


own_facts = OwnFacts.create
