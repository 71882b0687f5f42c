"""Promises and business hours are set in a real browser, and explained."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.journeys.test_settings import go, press

# Of this year: a calendar's days long gone are left out.
LAST_DAY = f"{datetime.now(UTC).year}-12-31"
CALENDAR = f"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:{LAST_DAY.replace("-", "")}
SUMMARY:Stocktaking
END:VEVENT
END:VCALENDAR
"""


def test_overlapping_shifts_are_refused_at_their_day_and_a_calendar_brings_days_off(
    running, browser_of
):
    ada = go(browser_of("ada"), running, "business-hours")
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
    press(ada, f"Remove {LAST_DAY}")
    press(ada, "Save")
    expect(ada.get_by_role("button", name=f"Remove {LAST_DAY}")).to_have_count(0)


def test_a_promise_is_saved_and_nonsense_is_refused_beside_it(running, browser_of):
    ada = go(browser_of("ada"), running, "sla")
    first = ada.get_by_role("textbox", name="First response", exact=True)
    first.fill("0")
    press(ada, "Save")
    expect(first).to_have_attribute("aria-invalid", "true")
    first.fill("3")
    press(ada, "Save")
    expect(ada.get_by_text("Promise saved")).to_be_visible()


def test_the_calculator_explains_a_due_time_day_by_day(running, browser_of):
    ada = go(browser_of("ada"), running, "sla")
    ada.get_by_label("Begins").fill("2026-11-27T16:00")
    press(ada, "Work it out")
    due = ada.locator("p[role=status]", has_text="Due")
    expect(due.locator("time")).to_contain_text("2026")
    first = ada.locator(".explained-row time").first
    expect(first).to_have_attribute("datetime", "2026-11-27")
    expect(ada.locator(".explained-row").first).to_contain_text("counts")


def test_a_policy_for_some_tickets_is_made_changed_and_deleted(running, browser_of):
    ada = go(browser_of("ada"), running, "sla")
    press(ada, "Save policy")
    expect(ada.get_by_label("Policy name")).to_be_focused()
    ada.get_by_label("Policy name").fill("Night shift")
    press(ada, "Add a condition")
    ada.get_by_role("textbox", name="Value 1").fill("night")
    press(ada, "Add a group")
    ada.get_by_role("textbox", name="Value 2.1").fill("moon")
    first = ada.get_by_label("First response at critical priority")
    first.fill("never")
    press(ada, "Save policy")
    expect(first).to_have_attribute("aria-invalid", "true")
    first.fill("0,5")
    press(ada, "Same first response for every priority")
    expect(ada.get_by_label("First response at low priority")).to_have_value("30m")
    ada.get_by_label("Resolution at high priority").fill("8h")
    press(ada, "Add an escalation")
    ada.get_by_label("Time of escalation 1").fill("1h 30m")
    press(ada, "Save policy")
    row = ada.locator("li", has_text="Night shift")
    expect(row).to_contain_text("first response, resolution")

    press(ada, "Edit Night shift")
    expect(ada.get_by_label("First response at high priority")).to_have_value("30m")
    expect(ada.get_by_role("textbox", name="Value 1", exact=True)).to_have_value("night")
    expect(ada.get_by_role("textbox", name="Value 2.1")).to_have_value("moon")
    expect(ada.get_by_label("Time of escalation 1")).to_have_value("1h 30m")
    ada.get_by_role("combobox", name="Time counts in").click()
    ada.get_by_role("option", name="hours of its own").click()
    group = ada.get_by_role("group", name="Hours of its own")
    group.get_by_role("button", name="Add a shift on Sunday").click()
    press(ada, "Save policy")
    expect(ada.get_by_text("Policy saved").last).to_be_visible()
    press(ada, "Edit Night shift")
    expect(group.get_by_label("Sunday, shift 1 from")).to_have_value("09:00")
    press(ada, "Delete Night shift")
    expect(row).to_have_count(0)


def test_policies_are_put_in_order_by_keys_and_by_dragging(running, browser_of):
    ada = go(browser_of("ada"), running, "sla")
    names = ada.locator("li[data-id] strong")
    before = names.all_inner_texts()
    *others, first, second = before
    ada.get_by_role("button", name=f"Move {second}: use the arrow keys").focus()
    ada.keyboard.press("ArrowUp")
    expect(names).to_have_text([*others, second, first])
    handle = ada.get_by_role("button", name=f"Move {first}: use the arrow keys").bounding_box()
    top = ada.locator("li[data-id]").nth(len(others)).bounding_box()
    ada.mouse.move(handle["x"] + 5, handle["y"] + 5)
    ada.mouse.down()
    ada.mouse.move(handle["x"] + 5, top["y"] + 5, steps=4)
    ada.mouse.up()
    expect(names).to_have_text(before)


def test_a_calendar_file_that_is_too_large_is_refused_before_it_is_sent(running, browser_of):
    ada = go(browser_of("ada"), running, "business-hours")
    ada.get_by_text("Take days off from a calendar").click()
    large = b"BEGIN:VCALENDAR\r\n" + b"X-NOISE:" + b"x" * (11 * 1024 * 1024)
    file = {"name": "big.ics", "mimeType": "text/calendar", "buffer": large}
    ada.get_by_label("Calendar file").set_input_files(file)
    expect(ada.get_by_text("A calendar file may have 10 MB at most.")).to_be_visible()
    expect(ada.get_by_role("button", name="Read the calendar")).to_be_disabled()
