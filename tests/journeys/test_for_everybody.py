"""Every screen, in both themes, wide and narrow, is usable for everybody (WCAG 2.2 AA)."""

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import WIDTHS, flaws, resize

SCREENS = {
    "list": "/app/tickets",
    "nothing found": "/app/tickets?q=nothing-like-this",
    "ticket": "/app/tickets/1136",
    "no such ticket": "/app/tickets/9",
    "new ticket": "/app/tickets/new",
    "dashboard": "/app/dashboard",
}


def settled(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("#content h1, .head h1").first.wait_for()
    # What a closed dialog still works out does not keep the screen.
    page.locator("[aria-busy=true]:visible").first.wait_for(state="detached")
    return page


def test_no_screen_has_a_barrier_or_scrolls_sideways(browser_of, running):
    page = browser_of("grace")
    found = {
        name: flaws(settled(page, running.url + path), widths=(360, *WIDTHS))
        for name, path in SCREENS.items()
    }
    assert {name: list_ for name, list_ in found.items() if list_} == {}


def test_what_opens_over_a_screen_has_no_barrier(signed_in):
    page = signed_in("grace")
    for keys, opened in (("Control+k", "#palette"), ("?", "#keys")):
        page.keyboard.press(keys)
        page.locator(f"{opened}[open]").wait_for()
        assert flaws(page) == []
        page.keyboard.press("Escape")
        page.locator(f"{opened}[open]").wait_for(state="detached")
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("listbox", name="Status").wait_for()
    assert flaws(page) == []
    page.keyboard.press("Escape")
    resize(page, 390)
    page.locator("[data-row]").first.get_by_role("checkbox").check()
    bar = page.get_by_role("region", name="Selected tickets")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => bar.getBoundingClientRect().right") <= 390
    bar.get_by_role("button", name="Clear selection").click()
    expect(bar).to_have_count(0)


def test_the_login_has_no_barrier(open_page, running):
    page = open_page()
    page.goto(f"{running.url}/login")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert problems(page) == []


def test_the_login_works_without_a_script(browser, running):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{running.url}/login")
    page.get_by_label("Email").fill("grace@acme.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert "do not belong together" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Email").input_value() == "grace@acme.example"
    context.close()
