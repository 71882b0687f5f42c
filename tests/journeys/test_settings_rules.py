"""A rule is written as a sentence, tried on the past, and switched on, in a real browser."""

from playwright.sync_api import expect

from tests.journeys.test_settings import go, press


def test_a_rule_is_written_tried_on_the_past_made_and_switched_on(running, browser_of):
    ada = go(browser_of("ada"), running, "rules")
    press(ada, "Add a condition")
    press(ada, "Save rule")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    ada.get_by_role("textbox", name="Name", exact=True).fill("Printers first")
    press(ada, "Remove condition 1")

    press(ada, "Try on the last 90 days")
    expect(ada.locator("p[role=status]", has_text="would have changed")).to_be_visible()
    expect(ada.get_by_text("Priority: Medium → High").first).to_be_visible()

    press(ada, "Save rule")
    row = ada.locator("li", has_text="Printers first")
    expect(row).to_contain_text("Has not run yet")
    box = ada.get_by_label("Printers first is on")
    expect(box).not_to_be_checked()
    box.click()
    expect(ada.get_by_text("Rule is on")).to_be_visible()
    expect(box).to_be_checked()

    press(ada, "Edit Printers first")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_have_value("Printers first")
    ada.get_by_role("combobox", name="Action 1", exact=True).click()
    ada.get_by_role("option", name="raise the priority by one").click()
    press(ada, "Save rule")
    expect(ada.get_by_text("Rule saved")).to_be_visible()
    press(ada, "Delete Printers first")
    expect(row).to_have_count(0)


def test_a_rule_to_begin_with_fills_the_editor(running, browser_of):
    ada = go(browser_of("ada"), running, "rules")
    ada.get_by_text("Rules to begin with").click()
    press(ada, "Use Close what stays resolved")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_have_value("Close after 7 days")
    expect(ada.get_by_role("spinbutton", name="Hours")).to_have_value("168")
    expect(ada.get_by_role("combobox", name="Action 1", exact=True)).to_contain_text("close it")


def test_conditions_are_nested_and_come_back_as_they_were(running, browser_of):
    ada = go(browser_of("ada"), running, "rules")
    ada.get_by_role("textbox", name="Name", exact=True).fill("Nested")
    press(ada, "Add a condition")
    ada.get_by_role("textbox", name="Value 1", exact=True).fill("printer")
    press(ada, "Add a group")
    ada.get_by_role("combobox", name="How conditions of 2 add up").click()
    ada.get_by_role("option", name="none of these holds").click()
    ada.get_by_role("textbox", name="Value 2.1").fill("ink")
    press(ada, "Add a group to 2")
    ada.get_by_role("textbox", name="Value 2.2.1").fill("paper")
    press(ada, "Save rule")
    row = ada.locator("li[data-id]", has_text="Nested")
    expect(row).to_be_visible()
    press(ada, "Edit Nested")
    expect(ada.get_by_role("textbox", name="Value 2.2.1")).to_have_value("paper")
    expect(ada.get_by_role("combobox", name="How conditions of 2 add up")).to_have_text(
        "none of these holds"
    )
    press(ada, "Last runs of Nested")
    expect(ada.get_by_role("dialog", name="Last runs")).to_contain_text("has not run")
    ada.keyboard.press("Escape")
    press(ada, "Delete Nested")
    expect(row).to_have_count(0)


def test_a_rule_that_goes_round_in_circles_says_so_when_it_is_saved(running, browser_of):
    ada = go(browser_of("ada"), running, "rules")
    ada.get_by_role("textbox", name="Name", exact=True).fill("Roundabout")
    ada.get_by_role("combobox", name="When", exact=True).click()
    ada.get_by_role("option", name="a ticket is changed").click()
    ada.keyboard.press("Escape")
    ada.get_by_role("combobox", name="Action 1", exact=True).click()
    ada.get_by_role("option", name="assign it in turn to").click()
    press(ada, "Save rule")
    expect(ada.get_by_text("off again and again").first).to_be_visible()
    press(ada, "Delete Roundabout")
    expect(ada.locator("li[data-id]", has_text="Roundabout")).to_have_count(0)
