"""Saved views in the sidebar and above the list."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


def _renamed(view: rx.Var[str], title: rx.Var[str], version: rx.Var[int]) -> list[rx.Var[Any]]:
    return [view, title, version]


def _moved(view: rx.Var[str], up: rx.Var[bool]) -> list[rx.Var[Any]]:
    return [view, up]


def _saved(title: rx.Var[str], shared: rx.Var[bool]) -> list[rx.Var[Any]]:
    return [title, shared]


class SavedViews(Module):
    """The sidebar's group: each view with its count and, where it may be changed, a menu."""

    library = "$/ticketdesk/views"
    tag = "SavedViews"
    views: rx.Var[list[dict[str, Any]]]
    role: rx.Var[str]
    on_rename: rx.EventHandler[_renamed]
    on_update: rx.EventHandler[picked]
    on_move: rx.EventHandler[_moved]
    on_delete: rx.EventHandler[picked]


class SaveView(Module):
    """Offers to keep the list's filters; `problem` is about the name, `kept` counts successes."""

    library = "$/ticketdesk/views"
    tag = "SaveView"
    views: rx.Var[list[dict[str, Any]]]
    role: rx.Var[str]
    problem: rx.Var[str]
    kept: rx.Var[int]
    on_save: rx.EventHandler[_saved]
    on_update: rx.EventHandler[picked]


saved_views = SavedViews.create
save_view = SaveView.create
