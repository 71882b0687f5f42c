"""Analytics and workload in a real browser: filters in the address, numbers behind every chart."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looks import flaws


def _open(page: Page, running, path: str) -> Page:
    page.goto(f"{running.url}{path}")
    page.locator(".dashboard:not([aria-busy])").wait_for(timeout=30_000)
    return page


def test_a_period_and_filters_are_in_the_address_and_come_back(running, browser_of):
    grace = _open(browser_of("grace"), running, "/app/reports")
    grace.get_by_role("link", name="90 days").click()
    grace.wait_for_url("**/app/reports?days=90")
    grace.get_by_role("combobox", name="Priority").click()
    grace.get_by_role("option", name="High").click()
    grace.wait_for_url("**priority=HIGH**")
    rows = grace.get_by_role("region", name="By priority, table").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("High")
    grace.reload()
    expect(rows).to_have_count(1)
    grace.go_back()
    expect(rows).not_to_have_count(1)


def test_a_chart_is_read_by_keys_as_a_table_and_as_a_file(running, browser_of):
    grace = _open(browser_of("grace"), running, "/app/reports")
    chart = grace.get_by_role("figure", name="Created and resolved")
    chart.get_by_role("img").focus()
    grace.keyboard.press("End")
    expect(chart.get_by_role("status")).to_contain_text("Created")
    chart.get_by_role("button", name="Show table").click()
    expect(chart.get_by_role("row")).to_have_count(31)
    with grace.expect_download() as waiting:
        chart.get_by_role("button", name="Download Created and resolved as CSV").click()
    lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Day,Created,Resolved"
    assert len(lines) == 31


def test_nonsense_in_the_address_is_left_out(running, browser_of):
    grace = browser_of("grace")
    grace.goto(f"{running.url}/app/reports?days=1e9&source=PIGEON&agent=%27--")
    expect(grace.get_by_role("heading", name="No figures")).to_be_visible()


def test_the_workload_leads_to_the_tickets_it_counts(running, browser_of):
    grace = _open(browser_of("grace"), running, "/app/workload")
    link = grace.get_by_role("link", name="open of Grace Hopper")
    count = link.inner_text()
    link.click()
    grace.wait_for_url("**/app/tickets?**assignee=**")
    expect(grace.locator(".head-count")).to_have_text(count)


@pytest.mark.parametrize("path", ["/app/reports", "/app/workload"])
def test_the_figures_are_readable_for_everybody(running, browser_of, path):
    grace = _open(browser_of("grace"), running, path)
    assert flaws(grace) == []
