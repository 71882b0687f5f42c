"""Pages look as the style sheets say: none brings a style of its own, which the policy refuses."""

import importlib
import pkgutil

import pytest
import reflex as rx

from ticketdesk import pages
from ticketdesk.components.primitives.shell import link

PAGES = [
    module
    for found in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")
    if hasattr(module := importlib.import_module(found.name), "page")
]


def styled(component: rx.Component) -> bool:
    return "css:" in str(component.render())


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.__name__)
def test_a_page_has_no_style_of_its_own(module):
    assert not styled(module.page())


def test_a_property_that_a_component_does_not_know_would_be_one():
    rows = rx.Var.create(["one"])
    assert styled(rx.el.ul(rx.foreach(rows, lambda row: link(row, to="/", tittle="x"))))
    assert not styled(rx.el.ul(rx.foreach(rows, lambda row: link(row, to="/", title="x"))))
