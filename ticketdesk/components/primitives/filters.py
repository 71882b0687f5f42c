"""Controls whose value lives in the address."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class FilterChip(Module):
    """One filter; several values are comma separated in the address."""

    library = "$/ticketdesk/filters"
    tag = "FilterChip"
    param: rx.Var[str]
    label: rx.Var[str]
    options: rx.Var[list[dict[str, Any]]]
    multiple: rx.Var[bool]
    prompt: rx.Var[str]
    shortcut: rx.Var[str]


class ClearFilters(Module):
    """A button that is there while one of `params` is set, and clears them."""

    library = "$/ticketdesk/filters"
    tag = "ClearFilters"
    params: rx.Var[list[str]]


class SortMenu(Module):
    """The order of a list; the first option is the standing one."""

    library = "$/ticketdesk/filters"
    tag = "SortMenu"
    options: rx.Var[list[dict[str, Any]]]


class DateRange(Module):
    """A period of one's own: `since` and `until` in the address, days as YYYY-MM-DD."""

    library = "$/ticketdesk/filters"
    tag = "DateRange"
    since: rx.Var[str]
    until: rx.Var[str]
    own: rx.Var[bool]


date_range = DateRange.create
filter_chip = FilterChip.create
clear_filters = ClearFilters.create
sort_menu = SortMenu.create
