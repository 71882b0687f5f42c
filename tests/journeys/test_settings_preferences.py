"""Preferences: they show at once, on every device, and the browser is asked only after a click."""

import re

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_working_a_ticket import pick

DARK_AND_COMPACT = "html.dark[data-density=compact]"
LOOK = "(root => [root.classList.contains('dark'), root.dataset.density])(document.documentElement)"


@pytest.fixture(autouse=True)
def _as_before(running):
    """What Linus sets here would meet the other journeys on this desk."""
    yield
    with psycopg.connect(running.addresses()[0]) as owner:
        owner.execute(
            "UPDATE users SET preferences = '{}', is_available = true WHERE email LIKE 'linus@%'"
        )


def opened(page: Page, url: str) -> Page:
    page.goto(f"{url}/app/settings/preferences")
    page.get_by_role("button", name="Save preferences").wait_for()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save preferences").click()
    expect(page.get_by_text("Preferences saved").last).to_be_visible()


def test_look_and_first_view_go_with_the_account_to_another_device(browser_of, running):
    here = opened(browser_of("linus"), running.url)
    pick(here, "Theme", "Dark")
    pick(here, "Density", "Compact")
    pick(here, "First view", "My open")
    pick(here, "Language of dates", "Deutsch")
    save(here)
    expect(here.locator(DARK_AND_COMPACT)).to_be_attached()

    here.reload()
    assert here.evaluate(LOOK) == [True, "compact"]

    here.goto(running.url)
    here.wait_for_url("**/app/tickets?view=mine")
    age = here.locator("[data-row] .row-age time").first
    expect(age).to_have_attribute("title", re.compile("^[A-Z][a-z]+tag|^Mittwoch"))
    here.locator("[data-row-link]").first.click()
    here.get_by_role("button", name="Why is it due then?").click()
    days = here.locator(".clock-explained .explained-day time")
    expect(days.first).to_have_text(re.compile(r"^(Mo|Di|Mi|Do|Fr|Sa|So)\., \d"))
    moments = here.locator(".clock-explained > p[role=status] time")
    expect(moments.first).to_have_text(re.compile(r"^(Mo|Di|Mi|Do|Fr|Sa|So)\., \d.* \d\d:\d\d$"))
    here.goto(f"{running.url}/app/dashboard")
    expect(here.locator("svg text", has_text=re.compile(r"^\d+\. [A-Z]")).first).to_be_visible()
    there = here.context.browser.new_context(
        storage_state={"cookies": here.context.cookies(), "origins": []}
    )
    page = there.new_page()
    # What the browser is about to paint first, long before the server has said who this is.
    page.add_init_script("requestAnimationFrame(() => { window.first = " + LOOK + " })")
    page.goto(f"{running.url}/app/tickets")
    page.locator("[data-row]").first.wait_for()
    assert page.evaluate("window.first") == [True, "compact"]
    expect(page.locator(DARK_AND_COMPACT)).to_be_attached()
    there.close()

    opened(here, running.url)
    for control, choice in (
        ("Theme", "As the system has it"),
        ("Density", "Comfortable"),
        ("First view", "All open"),
        ("Language of dates", "As the browser has it"),
    ):
        pick(here, control, choice)
    save(here)


def test_a_signature_stays_and_one_can_be_away(browser_of, running):
    page = opened(browser_of("linus"), running.url)
    page.get_by_label("Signature").fill("Linus\nAcme Support")
    page.get_by_role("checkbox", name="I am away").check()
    save(page)
    opened(page, running.url)
    expect(page.get_by_label("Signature")).to_have_value("Linus\nAcme Support")
    expect(page.get_by_role("checkbox", name="I am away")).to_be_checked()
    page.get_by_role("checkbox", name="I am away").uncheck()
    page.get_by_label("Signature").fill("")
    save(page)


def test_the_browser_asks_for_permission_only_after_a_click(browser_of, running):
    page = browser_of("linus")
    page.add_init_script(
        "window.asked = 0;"
        "Notification.requestPermission = async () => (window.asked += 1, 'denied');"
        "Object.defineProperty(Notification, 'permission', { get: () => 'default' });"
    )
    opened(page, running.url)
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Allow notifications in this browser").click()
    expect(page.get_by_text("This browser refuses notifications")).to_be_visible()
    assert page.evaluate("window.asked") == 1
