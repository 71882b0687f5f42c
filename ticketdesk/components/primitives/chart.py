"""Charts drawn as plain SVG."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class DayChart(Module):
    """Series over time; `rows` have a `date` (YYYY-MM-DD) and a value per key of `series`.

    A value of None has nothing to measure. `look` is bars or lines, `span` day or week; the axis
    ends at `limit` where one is given.
    """

    library = "$/ticketdesk/chart"
    tag = "DayChart"
    title: rx.Var[str]
    unit: rx.Var[str]
    rows: rx.Var[list[dict[str, Any]]]
    series: rx.Var[list[dict[str, str]]]
    look: rx.Var[str]
    span: rx.Var[str]
    limit: rx.Var[int]


class Parts(Module):
    """The same figures of several things; `rows` have `key`, `label` and the figures."""

    library = "$/ticketdesk/chart"
    tag = "Parts"
    title: rx.Var[str]
    noun: rx.Var[str]
    rows: rx.Var[list[dict[str, Any]]]


class Share(Module):
    """A bar that is `percent` full."""

    library = "$/ticketdesk/chart"
    tag = "Share"
    percent: rx.Var[str]


day_chart = DayChart.create
parts = Parts.create
share = Share.create
