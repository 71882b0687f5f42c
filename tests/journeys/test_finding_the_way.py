"""Keys, filters, addresses: finding one's way without thinking."""

import re

from playwright.sync_api import expect


def test_a_list_is_worked_with_the_keyboard_alone(signed_in):
    grace = signed_in("grace")
    first = grace.locator("[data-row-link]").first
    second = grace.locator("[data-row-link]").nth(1)
    grace.keyboard.press("j")
    expect(first).to_be_focused()
    grace.keyboard.press("j")
    expect(second).to_be_focused()
    grace.keyboard.press("k")
    expect(first).to_be_focused()
    grace.keyboard.press("Enter")
    grace.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    grace.get_by_role("textbox", name="Reply").wait_for()
    grace.keyboard.press("s")
    expect(grace.get_by_role("listbox", name="Status")).to_be_visible()
    grace.keyboard.press("Escape")
    expect(grace.get_by_role("listbox", name="Status")).to_have_count(0)
    expect(grace.get_by_role("combobox", name="Status")).to_be_focused()
    grace.keyboard.press("n")
    expect(grace.get_by_role("textbox", name="Internal note")).to_be_focused()
    grace.keyboard.press("Escape")
    grace.keyboard.press("g")
    grace.keyboard.press("d")
    expect(grace.get_by_role("heading", name="Dashboard")).to_be_visible()
    grace.keyboard.press("c")
    expect(grace.get_by_role("heading", name="New ticket")).to_be_visible()


def test_a_filter_stands_in_the_address_and_the_back_button_takes_it_away(signed_in):
    grace = signed_in("grace")
    grace.get_by_role("combobox", name="Priority").click()
    grace.get_by_role("option", name="Urgent").click()
    grace.keyboard.press("Escape")
    grace.wait_for_url(re.compile(r"priority=URGENT"))
    expect(grace.get_by_role("img", name="Medium priority")).to_have_count(0)
    shared = grace.url
    grace.go_back()
    expect(grace.get_by_role("img", name="Medium priority").first).to_be_visible()
    grace.goto(shared)
    expect(grace.get_by_role("button", name="Clear priority")).to_be_visible()
    expect(grace.get_by_role("img", name="Medium priority")).to_have_count(0)


def test_a_search_finds_and_says_when_there_is_nothing(signed_in):
    grace = signed_in("grace")
    grace.keyboard.press("/")
    box = grace.get_by_role("searchbox", name="Search tickets")
    expect(box).to_be_focused()
    box.fill("password")
    expect(grace.get_by_role("link", name=re.compile("assword")).first).to_be_visible()
    box.fill("nothing-like-this")
    expect(grace.get_by_role("heading", name="No ticket matches")).to_be_visible()
    grace.get_by_role("button", name="Clear filters").last.click()
    expect(grace.locator("[data-row]").first).to_be_visible()


def test_the_palette_goes_everywhere(signed_in):
    grace = signed_in("grace")
    grace.keyboard.press("Control+k")
    grace.get_by_role("combobox", name="Commands").fill("dash")
    grace.keyboard.press("Enter")
    expect(grace.get_by_role("heading", name="Dashboard")).to_be_visible()
    grace.keyboard.press("Control+k")
    grace.get_by_role("combobox", name="Commands").fill("1003")
    grace.get_by_role("option", name=re.compile("1003")).click()
    grace.wait_for_url("**/app/tickets/1003")


def test_a_deep_link_leads_through_the_login_to_its_ticket_and_no_further(open_page, running):
    page = open_page()
    page.goto(f"{running.url}/app/tickets/1003")
    page.wait_for_url(re.compile(r"/login\?next=/app/tickets/1003"))
    page.get_by_role("link", name=re.compile("Grace")).click()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app/tickets/1003")
    expect(page.get_by_role("combobox", name="Status")).to_be_visible()


def test_signing_out_in_one_tab_ends_the_others(signed_in):
    grace = signed_in("grace", anew=True)
    other = grace.context.new_page()
    other.goto(grace.url)
    other.locator("[data-row]").first.wait_for()
    grace.get_by_role("button", name=re.compile("^Account")).click()
    grace.get_by_role("menuitem", name="Sign out").click()
    grace.wait_for_url("**/login")
    other.get_by_role("link", name="Dashboard").click()
    other.wait_for_url("**/login?next=*")


def test_the_theme_is_chosen_once_and_there_before_the_first_paint(signed_in):
    grace = signed_in("grace")
    grace.get_by_role("button", name=re.compile("^Account")).click()
    grace.get_by_role("menuitemradio", name="Dark").click()
    expect(grace.locator("html.dark")).to_be_attached()
    grace.add_init_script(
        "new PerformanceObserver((l) => { window.__first ??= document.documentElement.className })"
        ".observe({type: 'paint', buffered: true})"
    )
    grace.reload()
    first = grace.wait_for_function("window.__first").json_value()
    assert "dark" in first
