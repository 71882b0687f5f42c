"""Ticking rows, and the bar of what can be done with them."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _applied(
    ids: rx.Var[list[str]], everything: rx.Var[bool], field: rx.Var[str], value: rx.Var[str]
) -> list[rx.Var[Any]]:
    return [ids, everything, field, value]


class RowLink(Module):
    """The subject of a row, which leads to its ticket and hands the list's filters on."""

    library = "$/ticketdesk/selection"
    tag = "RowLink"
    number: rx.Var[int]
    subject: rx.Var[str]


class RowCheck(Module):
    """A row's tick; the browser keeps it by the ticket's identifier."""

    library = "$/ticketdesk/selection"
    tag = "RowCheck"
    ticket: rx.Var[str]
    number: rx.Var[int]
    subject: rx.Var[str]


class BulkBar(Module):
    """There while something is ticked.

    `done` and `total` say how far a long change is, `applied` counts those that ended, and
    `matching` says in words how many the whole list holds.
    """

    library = "$/ticketdesk/selection"
    tag = "BulkBar"
    people: rx.Var[list[dict[str, Any]]]
    statuses: rx.Var[list[dict[str, Any]]]
    priorities: rx.Var[list[dict[str, Any]]]
    categories: rx.Var[list[dict[str, Any]]]
    tags: rx.Var[list[dict[str, Any]]]
    matching: rx.Var[str]
    done: rx.Var[int]
    total: rx.Var[int]
    applied: rx.Var[int]
    on_apply: rx.EventHandler[_applied]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


row_check = RowCheck.create
row_link = RowLink.create
bulk_bar = BulkBar.create
