"""Saved views: kept, shared, renamed, changed, moved, deleted and brought back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.addresses import follow
from tests.journeys.axe import problems
from tests.journeys.lists import listed
from tests.journeys.looks import flaws


def views(page: Page):
    return page.get_by_role("group", name="Saved views")


def save(page: Page, name: str, *, shared: bool = False) -> None:
    page.get_by_role("button", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_label("Name").fill(name)
    if shared:
        dialog.get_by_label("For everybody in the team").check()
    dialog.get_by_role("button", name="Save view").click()
    expect(dialog).not_to_be_visible()


def change(page: Page, name: str, choice: str) -> None:
    views(page).get_by_role("button", name=f"Change view {name}").click()
    page.get_by_role("menuitem", name=choice).click()


def test_a_view_is_kept_changed_deleted_and_brought_back(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?priority=URGENT,CRITICAL")
    save(page, "Pressing")
    page.wait_for_url(re.compile("saved=view_"))
    line = views(page).get_by_role("link", name=re.compile("^Pressing"))
    expect(line).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", name="Pressing")).to_be_visible()
    shown = page.locator("[data-row]").count()
    expect(line).to_contain_text(str(shown))
    assert problems(page) == []

    change(page, "Pressing", "Rename")
    page.get_by_role("textbox", name="New name of Pressing").fill("At once")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="At once")).to_be_visible()

    page.get_by_role("button", name="Clear priority").click()
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="New", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Update view").click()
    page.get_by_text("“At once” has these filters now").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("“At once” has its former filters").wait_for()
    views(page).get_by_role("link", name=re.compile("^At once")).click()
    page.wait_for_url(re.compile("priority=URGENT"))

    change(page, "At once", "Delete")
    expect(views(page).get_by_role("link", name=re.compile("^At once"))).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(views(page).get_by_role("link", name=re.compile("^At once"))).to_be_visible()


def test_a_shared_view_is_everybodys_and_its_count_is_live(signed_in, running):
    ada, grace = signed_in("ada"), signed_in("grace")
    ada.goto(f"{running.url}/app/tickets?tag=amber-room")
    ada.get_by_role("heading", name="No ticket matches").wait_for()
    save(ada, "Amber room", shared=True)
    # Nobody reads anything anew: it is there.
    line = views(grace).get_by_role("link", name=re.compile("^Amber room"))
    expect(line).to_be_visible()
    expect(views(grace).get_by_role("button", name="Change view Amber room")).to_have_count(0)
    line.click()
    grace.get_by_role("heading", name="Amber room").wait_for()
    ada.goto(f"{running.url}/app/tickets/1003")
    ada.get_by_role("combobox", name="Tags").click()
    ada.get_by_placeholder("Find or add a tag…").fill("amber-room")
    ada.get_by_role("option", name="Add “amber-room”").click()
    expect(line.locator(".nav-count")).to_have_count(0 if _is_ended(ada) else 1, timeout=30_000)


def _is_ended(page: Page) -> bool:
    status = page.get_by_role("combobox", name="Status").inner_text()
    return status in {"Resolved", "Closed", "Cancelled"}


def test_a_view_without_a_name_is_refused_next_to_the_field(browser_of, running):
    page = browser_of("grace")
    page.goto(f"{running.url}/app/tickets?priority=LOW")
    page.get_by_role("button", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_role("button", name="Save view").click()
    expect(dialog.get_by_role("alert")).to_have_text("Fill this in.")
    assert flaws(page) == []
    expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_label("For everybody in the team")).to_have_count(0)


def test_a_broken_address_says_what_is_wrong_and_leads_on(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?view=mine")
    for words, said in (
        ("status=ASLEEP", "These filters do not work"),
        ("q=colour:red", "These filters do not work"),
        ("sort=colour", "These filters do not work"),
        ("after=nonsense", "These filters do not work"),
        ("saved=view_nobody&priority=URGENT", "All open"),
        ("saved=view_nobody", "All open"),
    ):
        follow(page, f"/app/tickets?{words}")
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        if said.startswith("These"):
            page.get_by_role("link", name="To all open tickets").click()
            expect(page.get_by_role("heading", name="All open")).to_be_visible()
        expect(page.locator("[data-row]").first).to_be_visible()
        follow(page, "/app/tickets?view=mine")
        expect(page.get_by_role("heading", name="My open")).to_be_visible()
    page.goto(f"{running.url}/app/tickets?sort=colour")
    page.get_by_role("heading", name="These filters do not work").wait_for()
    assert flaws(page) == []


def test_views_change_places(browser_of, running):
    page = browser_of("linus")
    for name in ("Mine first", "Mine second"):
        listed(page, f"{running.url}/app/tickets?priority=LOW")
        save(page, name)
        views(page).get_by_role("link", name=re.compile(f"^{name}")).wait_for()
    change(page, "Mine second", "Move up")
    own = views(page).get_by_role("link", name=re.compile("^Mine"))
    expect(own.first).to_contain_text("Mine second")
