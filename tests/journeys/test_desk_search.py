"""Searching: what is offered while one types, what is marked, what is wrong, what is exported."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.journeys.lists import answered, listed
from tests.journeys.looks import flaws


def test_filters_and_their_values_are_offered_while_one_types(signed_in):
    page = signed_in("grace")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search tickets")
    offered = page.get_by_role("listbox", name="Suggestions")
    expect(offered.get_by_role("option", name=re.compile("^status:"))).to_be_visible()
    page.keyboard.type("ass")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("assignee:")
    page.keyboard.type("lin")
    expect(offered.get_by_role("option")).to_have_count(1)
    assert flaws(page) == []
    offered.get_by_role("option", name=re.compile("Linus")).click()
    expect(box).to_have_value('assignee:"linus pauling" ')
    page.keyboard.type("status:o")
    # Half a filter is not a mistake yet.
    expect(page.get_by_role("heading", name="These filters do not work")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile("status%3Aopen"))
    others = page.locator("[data-row]:not(:has([aria-label='Linus Pauling']))")
    expect(others).to_have_count(0)
    expect(answered(page).first).to_be_visible()


def test_what_was_found_is_marked_in_subject_and_message(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?q=printer+-tag:nothing")
    expect(page.locator("[data-row] mark").first).to_be_visible()
    marked = page.locator("[data-row] mark").all_inner_texts()
    assert marked
    assert all(word.lower().startswith("printer") for word in marked)
    expect(page.locator(".row-found mark").first).to_be_visible()
    assert flaws(page) == []


def test_a_mistake_is_named_at_its_word(signed_in):
    page = signed_in("grace")
    box = page.get_by_role("searchbox", name="Search tickets")
    box.fill("printer colour:red")
    page.keyboard.press("Enter")
    problem = page.get_by_role("search").get_by_role("alert")
    expect(problem.locator("code")).to_have_text("colour:red")
    expect(problem).to_contain_text("Filters: status, priority")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert flaws(page) == []
    box.fill("printer")
    expect(page.locator("[data-row]").first).to_be_visible()
    expect(problem).to_have_count(0)


def test_the_list_is_exported_as_it_is(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?priority=URGENT&view=everything")
    shown = page.locator("[data-row]").count()
    with page.expect_download() as started:
        page.get_by_role("link", name="Export").click()
    text = started.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == shown
    assert {row["priority"] for row in rows} == {"URGENT"}


def test_the_list_keeps_its_place_and_its_ticks_while_tickets_come_and_go(browser_of, running):
    page = browser_of("grace", viewport={"width": 1440, "height": 600})
    listed(page, f"{running.url}/app/tickets?view=everything&sort=createdAt")
    rows = page.locator("[data-row]")
    rows.nth(30).wait_for()
    rows.nth(30).scroll_into_view_if_needed()
    rows.nth(30).get_by_role("checkbox").check()
    name = rows.nth(30).get_by_role("link").inner_text()
    scrolled = page.locator(".scroll").evaluate("box => box.scrollTop")
    count = page.locator(".head-count")
    before = count.inner_text()
    api = running.sign_in()
    for number in range(3):
        body = {
            "requesterName": "Jane Smith",
            "requesterEmail": "jane@customer.example",
            "subject": f"Meanwhile {number}",
            "description": "It came while somebody read.",
        }
        assert api.post("/api/tickets", json=body).status_code == 201
    api.close()
    expect(count).not_to_have_text(before)
    assert page.locator(".scroll").evaluate("box => box.scrollTop") == scrolled
    ticked = page.locator("[data-row]:has(:checked)")
    expect(ticked.get_by_role("link")).to_have_text(name)
