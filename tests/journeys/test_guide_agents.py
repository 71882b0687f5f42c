"""The agents' guide shows the desk as it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pictures
from tests.journeys.lists import listed
from tests.journeys.test_desk_relating import more

SIZE = {"width": 1280, "height": 800}


@pytest.fixture
def page(signed_in) -> Page:
    return signed_in("ada", viewport=SIZE, color_scheme="light")


def test_the_guide_shows_the_list_views_and_searching(page, running):
    listed(page, f"{running.url}/app/tickets")
    pictures.keep(page, "agents-list")
    listed(page, f"{running.url}/app/tickets?priority=HIGH,URGENT&sort=-priority")
    page.get_by_role("button", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_label("Name").fill("Pressing")
    pictures.keep(page, "agents-save-view")
    page.keyboard.press("Escape")
    listed(page, f"{running.url}/app/tickets")
    page.keyboard.press("/")
    page.keyboard.type("printer assignee:")
    page.get_by_role("listbox", name="Suggestions").wait_for()
    pictures.keep(page, "agents-search")


def test_the_guide_shows_many_changed_together(page, running):
    rows = listed(page, f"{running.url}/app/tickets?sort=createdAt")
    for index in (1, 2, 4):
        rows.nth(index).get_by_role("checkbox").check()
    bar = page.get_by_role("region", name="Selected tickets")
    bar.get_by_role("button", name="Reply").click()
    dialog = page.get_by_role("dialog", name="Reply to 3 tickets")
    dialog.get_by_role("textbox").fill("Dear {{requester.first_name}},\n\nthe update is out.")
    pictures.keep(page, "agents-many")


def test_the_guide_shows_a_ticket_merged_and_split(page, running):
    page.goto(f"{running.url}/app/tickets/1136?view=open")
    page.get_by_role("tab", name="Reply").wait_for()
    expect(page.get_by_role("link", name="Next ticket")).to_be_visible()
    pictures.keep(page, "agents-ticket")
    more(page, "Merge into…")
    dialog = page.get_by_role("dialog", name="Merge 1136 into…")
    dialog.get_by_role("combobox", name="Ticket to merge into").fill("1142")
    dialog.get_by_role("option", name=re.compile("1142")).click()
    dialog.get_by_role("region", name="After merging").wait_for()
    pictures.keep(page, "agents-merge")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    more(page, "Split messages…")
    page.get_by_role("checkbox", name=re.compile("^Choose the message")).last.check()
    pictures.keep(page, "agents-split")


def test_the_guide_shows_the_keys(page):
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    pictures.keep(page, "agents-keys")


def test_every_picture_of_the_guide_is_taken_here():
    names = "list save-view search many ticket merge split keys"
    assert pictures.named_in("agents.md") == {f"agents-{name}" for name in names.split()}
