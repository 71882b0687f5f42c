"""Around a ticket: going on, following, renaming, its requester, deleting it."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.lists import answered, listed
from tests.journeys.looks import flaws


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="Reply").wait_for()


def test_one_goes_through_a_view_and_back_without_the_list(browser_of, running):
    page = browser_of("grace")
    links = listed(page, f"{running.url}/app/tickets?priority=HIGH,URGENT&sort=-priority").locator(
        "[data-row-link]"
    )
    names = links.all_inner_texts()
    links.nth(1).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(names[1])
    page.get_by_role("link", name="Next ticket").click()
    expect(heading).to_have_text(names[2])
    page.keyboard.press("[")
    expect(heading).to_have_text(names[1])
    page.keyboard.press("[")
    expect(heading).to_have_text(names[0])
    expect(page.get_by_role("button", name="Previous ticket")).to_be_disabled()
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/app/tickets\?priority=HIGH"))
    expect(page.get_by_role("button", name="Clear priority")).to_be_visible()


def test_the_subject_is_changed_where_it_stands_and_taken_back(browser_of, running):
    page, other = browser_of("grace"), browser_of("linus")
    for one in (page, other):
        opened(one, f"{running.url}/app/tickets/1136")
    heading = other.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.get_by_role("button", name="Change the subject").click()
    field = page.get_by_role("textbox", name="Subject")
    expect(field).to_be_focused()
    field.fill("Reset mails are held back")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reset mails are held back")
    expect(heading).to_have_text("Reset mails are held back")
    page.get_by_role("button", name="Undo").click()
    expect(heading).to_have_text(before)


def test_following_rings_the_bell_of_whoever_follows(browser_of, running):
    grace, linus = browser_of("grace"), browser_of("linus")
    opened(grace, f"{running.url}/app/tickets/1131")
    follow = grace.get_by_role("button", name="Follow", exact=True)
    follow.click()
    expect(grace.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")
    opened(linus, f"{running.url}/app/tickets/1131")
    linus.get_by_role("tab", name="Internal note").click()
    linus.get_by_role("textbox", name="Internal note").fill("Seen by the follower.")
    linus.get_by_role("button", name="Send", exact=True).click()
    linus.get_by_text("Seen by the follower.").wait_for()
    grace.get_by_role("button", name=re.compile("otification|bell", re.I)).first.click()
    expect(grace.get_by_text(re.compile("Linus.* added a note")).first).to_be_visible()
    grace.keyboard.press("Escape")
    grace.get_by_role("button", name="Following").click()
    expect(grace.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def test_the_requesters_history_leads_to_all_their_tickets(browser_of, running):
    page = browser_of("grace")
    opened(page, f"{running.url}/app/tickets/1136")
    facts = page.get_by_role("complementary", name="Facts")
    email = facts.get_by_role("link", name=re.compile("@")).inner_text()
    row = facts.locator(".fact-row", has_text="Tickets").first
    count = int(row.get_by_role("link").inner_text())
    row.get_by_role("link").click()
    page.wait_for_url(re.compile(r"q=from"))
    expect(page.get_by_role("searchbox", name="Search tickets")).to_have_value(f"from:{email}")
    expect(answered(page)).to_have_count(count)


def test_an_admin_deletes_a_ticket_after_hearing_what_goes_and_takes_it_back(browser_of, running):
    ada = browser_of("ada")
    rows = listed(ada, f"{running.url}/app/tickets?view=closed&sort=createdAt")
    link = rows.locator("[data-row-link]").first
    name = link.inner_text()
    link.click()
    ada.get_by_role("tab", name="Reply").wait_for()
    ada.keyboard.press("#")
    asked = ada.get_by_role("dialog", name=re.compile("^Delete ticket"))
    expect(asked).to_contain_text(re.compile(r"\d+ messages?"))
    assert flaws(ada) == []
    asked.get_by_role("button", name="Delete", exact=True).click()
    ada.get_by_text(re.compile(r"^\d+ is deleted$")).wait_for()
    expect(ada.get_by_role("heading", level=1)).not_to_have_text(name)
    ada.get_by_role("button", name="Undo").click()
    ada.get_by_text(re.compile(r"^\d+ is back$")).wait_for()


def test_an_agent_has_no_way_to_delete(browser_of, running):
    grace = browser_of("grace")
    opened(grace, f"{running.url}/app/tickets/1136")
    grace.keyboard.press("#")
    grace.get_by_role("button", name="More actions").click()
    expect(grace.get_by_role("menuitem", name="Merge into…")).to_be_visible()
    expect(grace.get_by_role("menuitem", name="Delete…")).to_have_count(0)
    expect(grace.get_by_role("dialog", name=re.compile("^Delete"))).to_have_count(0)


def test_the_organizations_own_fields_are_changed_where_they_stand(browser_of, running):
    grace, linus = browser_of("grace"), browser_of("linus")
    for one in (grace, linus):
        opened(one, f"{running.url}/app/tickets/1136")
    own, theirs = (one.get_by_role("complementary", name="Facts") for one in (grace, linus))
    order = own.get_by_label("Order number")
    before = order.input_value()
    order.fill("A-77001")
    order.press("Enter")
    expect(grace.get_by_text("Order number of 1136 is A-77001")).to_be_visible()
    expect(theirs.get_by_label("Order number")).to_have_value("A-77001")
    grace.get_by_role("button", name="Undo").click()
    expect(theirs.get_by_label("Order number")).to_have_value(before)
    own.get_by_role("combobox", name="Product").click()
    grace.get_by_role("option", name="Hub", exact=True).click()
    expect(theirs.get_by_role("combobox", name="Product")).to_have_text("Hub")
    expect(theirs.get_by_label("Serial number")).to_be_visible()
    assert flaws(grace) == []


def test_a_wrong_answer_is_told_beside_its_field_and_stays_to_be_corrected(browser_of, running):
    api = running.sign_in("ada@acme.example")
    present = api.get("/api/organization/settings").json()["settings"]["embedConfig"]
    fields = [
        {"key": "pieces", "label": "Pieces", "kind": "number"},
        {"key": "gift", "label": "A gift", "kind": "checkbox"},
        {"key": "bought", "label": "Bought", "kind": "date"},
    ]
    body = {"embedConfig": {"customFields": present["customFields"] + fields}}
    changed = api.patch("/api/organization/settings", json=body)
    assert changed.status_code == 200, changed.text
    api.close()
    page = browser_of("grace")
    opened(page, f"{running.url}/app/tickets/1131")
    facts = page.get_by_role("complementary", name="Facts")
    pieces = facts.get_by_label("Pieces")
    pieces.fill("many")
    pieces.press("Enter")
    expect(facts.get_by_role("alert")).to_have_text("Write a number, such as 12 or 3.5.")
    expect(pieces).to_have_value("many")
    expect(pieces).to_have_attribute("aria-invalid", "true")
    assert flaws(page) == []
    pieces.fill("3")
    pieces.press("Enter")
    expect(page.get_by_text("Pieces of 1131 is 3")).to_be_visible()
    expect(facts.get_by_role("alert")).to_have_count(0)
    facts.get_by_role("checkbox", name="A gift").check()
    expect(page.get_by_text("A gift of 1131 is Yes")).to_be_visible()
    facts.get_by_label("Bought").fill("2026-11-02")
    facts.get_by_label("Bought").press("Enter")
    expect(page.get_by_text("Bought of 1131 is 2026-11-02")).to_be_visible()
    page.reload()
    expect(facts.get_by_role("checkbox", name="A gift")).to_be_checked()
    expect(facts.get_by_label("Bought")).to_have_value("2026-11-02")


def test_the_screen_keeps_to_its_width(browser_of, running):
    page = browser_of("ada")
    opened(page, f"{running.url}/app/tickets/1136?view=open")
    expect(page.get_by_role("button", name="More actions")).to_be_visible()
    assert flaws(page) == []
