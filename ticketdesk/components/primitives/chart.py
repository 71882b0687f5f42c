"""Charts drawn as plain SVG."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class DayChart(Module):
    """Two series per day; `rows` have a `date` (YYYY-MM-DD) and a value per key of `series`."""

    library = "$/ticketdesk/chart"
    tag = "DayChart"
    title: rx.Var[str]
    unit: rx.Var[str]
    rows: rx.Var[list[dict[str, Any]]]
    series: rx.Var[list[dict[str, str]]]


class Share(Module):
    """A bar that is `percent` full."""

    library = "$/ticketdesk/chart"
    tag = "Share"
    percent: rx.Var[str]


day_chart = DayChart.create
share = Share.create
