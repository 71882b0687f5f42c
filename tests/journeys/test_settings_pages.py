"""Every page of settings there is, in a real browser: found, explained, fitting, for everybody."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.addresses import follow
from tests.journeys.looks import flaws, resize
from ticketdesk.components.settings_sections import GROUPS
from ticketdesk.pages.settings.routes import PAGES

_SENTENCE = re.compile(r"^[A-Z].{20,}\.$")
_INSIDE = """link => {
    const [at, list] = [link, link.closest("nav")].map((one) => one.getBoundingClientRect());
    return at.left >= list.left && at.right <= list.right;
}"""
SECTIONS = [section for _, sections in GROUPS for section in sections]


def nav(page: Page):
    return page.get_by_role("navigation", name="Settings")


def test_every_page_is_in_the_list_under_words_it_can_be_searched_by():
    listed = {section.path for section in SECTIONS}
    assert {f"/app/settings{path}" for path in PAGES if path} == listed
    assert [section.path for section in SECTIONS if len(section.words) < 5] == []


def test_every_page_opens_explains_itself_fits_and_has_no_barrier(running, browser_of):
    ada = browser_of("ada")
    ada.goto(f"{running.url}/app/settings")
    # The first page has no address of its own, and stands in the list all the same.
    expect(nav(ada).locator("[aria-current=page]")).to_have_text("Security")
    found: dict[str, list[str]] = {}
    for section in SECTIONS:
        ada.get_by_label("Search settings").fill(section.label.lower())
        nav(ada).get_by_role("link", name=section.label, exact=True).click()
        body = ada.locator(".settings-body:not([aria-busy])")
        expect(body.locator("> h2")).to_have_text(section.label)
        expect(body.locator("> .lead")).to_have_text(_SENTENCE)
        ada.get_by_label("Search settings").fill("")
        current = nav(ada).locator("[aria-current=page]")
        expect(current).to_have_text(section.label)
        found[section.label] = flaws(ada, (1440,))
        resize(ada, 390)
        if ada.evaluate("document.documentElement.scrollWidth") > 390:
            found[section.label].append("a phone scrolls it sideways")
        if not current.evaluate(_INSIDE):
            found[section.label].append("the list of a phone does not show where one is")
        resize(ada, 1440)
    assert {label: words for label, words in found.items() if words} == {}


def test_pages_for_admins_are_refused_to_agents(running, browser_of):
    grace = browser_of("grace")
    grace.goto(f"{running.url}/app/settings")
    expect(nav(grace).get_by_role("link")).to_have_text(
        [section.label for section in SECTIONS if not section.admin]
    )
    for section in SECTIONS:
        if section.admin:
            # Each begins on a page that one may see, so that what is read is of this one.
            follow(grace, "/app/settings")
            expect(grace.locator(".settings-body > h2")).to_have_text("Security")
            follow(grace, section.path)
            expect(grace.get_by_text("This page is for admins")).to_be_visible()


def test_a_page_is_found_by_what_one_would_call_it(running, browser_of):
    ada = browser_of("ada")
    ada.goto(f"{running.url}/app/settings")
    for words, label in (
        ("oidc", "Single sign-on"),
        ("GDPR", "Retention and erasure"),
        ("labels", "Statuses"),
        ("welcome", "Get started"),
    ):
        ada.get_by_label("Search settings").fill(words)
        expect(nav(ada).get_by_role("link")).to_have_text([label])
    ada.get_by_label("Search settings").fill("weather")
    expect(ada.get_by_text("No setting is called that.")).to_be_visible()
