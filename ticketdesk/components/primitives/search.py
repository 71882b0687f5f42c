"""The list's search: suggestions while one types, and what was found marked in the rows."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class SearchBox(Module):
    """A search field that writes `q`; `wrong` is the word of it that `problem` is about."""

    library = "$/ticketdesk/search"
    tag = "SearchBox"
    label: rx.Var[str]
    placeholder: rx.Var[str]
    shortcut: rx.Var[str]
    problem: rx.Var[str]
    wrong: rx.Var[str]
    people: rx.Var[list[dict[str, Any]]]
    categories: rx.Var[list[dict[str, Any]]]
    tags: rx.Var[list[dict[str, Any]]]


class Marked(Module):
    """A text in which the words of the search are marked."""

    library = "$/ticketdesk/search"
    tag = "Marked"
    text: rx.Var[str]


class Found(Module):
    """Where the words stand, when that is not the subject."""

    library = "$/ticketdesk/search"
    tag = "Found"
    text: rx.Var[str]


search_box = SearchBox.create
marked = Marked.create
found = Found.create
