"""Every screen, in both themes, wide and narrow, is usable for everybody (WCAG 2.2 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("journeys")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {
    "list": "/app/tickets",
    "nothing found": "/app/tickets?q=nothing-like-this",
    "ticket": "/app/tickets/1136",
    "no such ticket": "/app/tickets/9",
    "new ticket": "/app/tickets/new",
    "dashboard": "/app/dashboard",
}


def problems(page: Page, within: str | None = None) -> list[str]:
    found = Axe().run(page, context=within, options={"runOnly": RULES}).response["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]


def settled(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("#content h1, .head h1").first.wait_for()
    # What a closed dialog still works out does not keep the screen.
    page.locator("[aria-busy=true]:visible").first.wait_for(state="detached")
    return page


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_has_a_barrier(signed_in, running, theme, width):
    page = signed_in("grace", color_scheme=theme, viewport={"width": width, "height": 900})
    found = {name: problems(settled(page, running.url + path)) for name, path in SCREENS.items()}
    assert {name: list_ for name, list_ in found.items() if list_} == {}


# Half faded in, a text has half its contrast.
_FADED_IN = """element => Promise.all(
    document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
        .map((a) => a.finished.catch(() => null)))"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_screen_has_no_barrier(signed_in, theme):
    page = signed_in("grace", color_scheme=theme)
    for keys, opened in (("Control+k", "#palette"), ("?", "#keys")):
        page.keyboard.press(keys)
        page.locator(f"{opened}[open]").wait_for()
        page.locator(opened).evaluate(_FADED_IN)
        assert problems(page) == []
        page.keyboard.press("Escape")
        page.locator(f"{opened}[open]").wait_for(state="detached")
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("listbox", name="Status").wait_for()
    page.get_by_role("listbox", name="Status").evaluate(_FADED_IN)
    assert problems(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_login_has_no_barrier(open_page, running, theme):
    page = open_page(color_scheme=theme)
    page.goto(f"{running.url}/login")
    assert problems(page) == []


@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_no_screen_scrolls_sideways(signed_in, running, width):
    page = signed_in("grace", viewport={"width": width, "height": 800})
    for path in SCREENS.values():
        settled(page, running.url + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


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
