"""Promises and business hours are set in a real browser, and explained."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_settings import go, press

pytestmark = pytest.mark.xdist_group("journeys")

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261231
SUMMARY:Stocktaking
END:VEVENT
END:VCALENDAR
"""


def test_overlapping_shifts_are_refused_at_their_day_and_a_calendar_brings_days_off(
    running, signed_in
):
    ada = go(signed_in("ada"), running, "business-hours")
    press(ada, "Add a shift on Monday")
    shift = ada.get_by_role("group", name="Monday").locator(".week-shift").last
    shift.locator("input").first.fill("08:00")
    shift.locator("input").last.fill("23:00")
    press(ada, "Save")
    expect(ada.get_by_role("group", name="Monday")).to_contain_text("overlaps")
    shift.get_by_role("button").click()

    ada.get_by_text("Take days off from a calendar").click()
    ada.get_by_label("Calendar text").fill(CALENDAR)
    press(ada, "Read the calendar")
    expect(ada.locator(".days-off")).to_contain_text("Stocktaking")
    press(ada, "Save")
    expect(ada.get_by_text("Business hours saved")).to_be_visible()
    go(ada, running, "business-hours")
    press(ada, "Remove 2026-12-31")
    press(ada, "Save")
    expect(ada.get_by_role("button", name="Remove 2026-12-31")).to_have_count(0)


def test_a_promise_is_saved_and_nonsense_is_refused_beside_it(running, signed_in):
    ada = go(signed_in("ada"), running, "sla")
    first = ada.get_by_role("textbox", name="First response", exact=True)
    first.fill("0")
    press(ada, "Save")
    expect(first).to_have_attribute("aria-invalid", "true")
    first.fill("3")
    press(ada, "Save")
    expect(ada.get_by_text("Promise saved")).to_be_visible()


def test_the_calculator_explains_a_due_time_day_by_day(running, signed_in):
    ada = go(signed_in("ada"), running, "sla")
    ada.get_by_label("Begins").fill("2026-11-27T16:00")
    press(ada, "Work it out")
    expect(ada.locator("p[role=status]", has_text="Due")).to_contain_text("2026")
    expect(ada.locator(".explained-row").first).to_contain_text("Fri 27 Nov 2026")
    expect(ada.locator(".explained-row").first).to_contain_text("counts")


def test_a_policy_for_some_tickets_is_made_changed_and_deleted(running, signed_in):
    ada = go(signed_in("ada"), running, "sla")
    press(ada, "Save policy")
    expect(ada.get_by_label("Policy name")).to_be_focused()
    ada.get_by_label("Policy name").fill("Night shift")
    press(ada, "Add a condition")
    ada.get_by_role("textbox", name="Value 1").fill("night")
    ada.get_by_label("Hours to the first response").fill("0,5")
    press(ada, "Save policy")
    row = ada.locator("li", has_text="Night shift")
    expect(row).to_contain_text("first response")
    press(ada, "Edit Night shift")
    expect(ada.get_by_label("Hours to the first response")).to_have_value("0.5")
    expect(ada.get_by_role("textbox", name="Value 1")).to_have_value("night")
    ada.get_by_label("At high priority").fill("8")
    press(ada, "Save policy")
    expect(row).to_contain_text("resolution")
    press(ada, "Delete Night shift")
    expect(row).to_have_count(0)
