"""Ticking rows, and the bar of what can be done with them."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _applied(
    ids: rx.Var[list[str]], everything: rx.Var[bool], field: rx.Var[str], value: rx.Var[str]
) -> list[rx.Var[Any]]:
    return [ids, everything, field, value]


def _replied(
    ids: rx.Var[list[str]], everything: rx.Var[bool], text: rx.Var[str]
) -> list[rx.Var[Any]]:
    return [ids, everything, text]


def _deleted(ids: rx.Var[list[str]], everything: rx.Var[bool]) -> list[rx.Var[Any]]:
    return [ids, everything]


class RowList(Module):
    """The rows; `shown` is the query they answer, which may lag behind the address."""

    library = "$/ticketdesk/selection"
    tag = "RowList"
    shown: rx.Var[str]


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

    `done` and `total` say how far a long change is, `applied` counts those that ended, `begun`
    the replies that were accepted, `problem` is about a reply, and `matching` says in words how
    many the whole list holds. Deleting is offered to admins only.
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
    begun: rx.Var[int]
    problem: rx.Var[str]
    role: rx.Var[str]
    on_apply: rx.EventHandler[_applied]
    on_reply: rx.EventHandler[_replied]
    on_delete: rx.EventHandler[_deleted]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


row_check = RowCheck.create
row_link = RowLink.create
row_list = RowList.create
bulk_bar = BulkBar.create
