"""Hearing of what concerns one, wherever one is in the app."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import problems

pytestmark = pytest.mark.xdist_group("journeys")


def assign_to(page, name: str) -> None:
    """Give the open ticket to somebody."""
    page.get_by_role("combobox", name="Assignee").click()
    page.get_by_role("option", name=name).click()


def test_an_assignment_rings_at_once_and_is_read_with_the_ticket(signed_in):
    ada, linus = signed_in("ada"), signed_in("linus")
    bell = linus.get_by_role("button", name=re.compile("^Notifications"))
    bell.click()
    if linus.get_by_role("button", name="Mark all read").is_enabled():
        linus.get_by_role("button", name="Mark all read").click()
    expect(linus).not_to_have_title(re.compile(r"^\("))
    linus.keyboard.press("Escape")
    subject = ada.locator("[data-row-link]").first.inner_text()
    ada.locator("[data-row-link]").first.click()
    assign_to(ada, "Grace")
    ada.get_by_text("is assigned to Grace").wait_for()
    assign_to(ada, "Linus")
    expect(linus).to_have_title(re.compile(r"^\(\d+\) "))
    bell.click()
    notice = linus.get_by_role("link", name=re.compile("assigned it to you")).first
    expect(notice).to_contain_text(subject)
    assert problems(linus) == []
    notice.click()
    linus.get_by_role("heading", level=1, name=subject).wait_for()
    expect(linus).not_to_have_title(re.compile(r"^\("))
    expect(linus.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
