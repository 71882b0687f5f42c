"""A rule is written as a sentence, tried on the past, and switched on, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_settings import go, press

pytestmark = pytest.mark.xdist_group("journeys")


def test_a_rule_is_written_tried_on_the_past_made_and_switched_on(running, signed_in):
    ada = go(signed_in("ada"), running, "rules")
    press(ada, "Add a condition")
    press(ada, "Save rule")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    ada.get_by_role("textbox", name="Name", exact=True).fill("Printers first")
    press(ada, "Remove condition 1")

    press(ada, "Try on the last 90 days")
    expect(ada.locator("p[role=status]", has_text="would have changed")).to_be_visible()
    expect(ada.get_by_text("priority: MEDIUM → HIGH").first).to_be_visible()

    press(ada, "Save rule")
    row = ada.locator("li", has_text="Printers first")
    expect(row).to_contain_text("Has not run yet")
    box = ada.get_by_label("Printers first is on")
    expect(box).not_to_be_checked()
    box.click()
    expect(ada.get_by_text("Rule is on")).to_be_visible()
    expect(box).to_be_checked()

    press(ada, "Edit Printers first")
    ada.get_by_role("combobox", name="Action 1", exact=True).click()
    ada.get_by_role("option", name="raise the priority by one").click()
    press(ada, "Save rule")
    expect(ada.get_by_text("Rule saved")).to_be_visible()
    press(ada, "Delete Printers first")
    expect(row).to_have_count(0)


def test_a_rule_to_begin_with_fills_the_editor(running, signed_in):
    ada = go(signed_in("ada"), running, "rules")
    ada.get_by_text("Rules to begin with").click()
    press(ada, "Begin with Close what stays resolved")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_have_value("Close after 7 days")
    expect(ada.get_by_role("spinbutton", name="Hours")).to_have_value("168")
    expect(ada.get_by_role("combobox", name="Action 1", exact=True)).to_contain_text("close it")
