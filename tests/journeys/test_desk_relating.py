"""Merge, split and link: looked at first, done, seen by a colleague, taken back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.lists import listed
from tests.journeys.looks import flaws
from tests.journeys.test_working_a_ticket import create, write


def more(page: Page, choice: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=choice).click()


def test_a_ticket_is_merged_after_a_look_and_separated_again(signed_in, browser_of, running):
    grace = signed_in("grace")
    linus = browser_of("linus")
    target = create(grace, "Beacon is dark")
    source = create_again(grace, running, "Beacon still dark")
    linus.goto(f"{running.url}/app/tickets/{source}")
    linus.get_by_role("tab", name="Reply").wait_for()

    more(grace, "Merge into…")
    dialog = grace.get_by_role("dialog", name=f"Merge {source} into…")
    dialog.get_by_role("combobox", name="Ticket to merge into").fill(target)
    dialog.get_by_role("option", name=re.compile(target)).click()
    preview = dialog.get_by_role("region", name="After merging")
    expect(preview.get_by_role("listitem")).to_have_count(2)
    assert flaws(grace) == []
    dialog.get_by_role("button", name="Merge", exact=True).click()

    grace.wait_for_url(re.compile(f"/app/tickets/{target}"))
    expect(grace.get_by_text(f"1 ticket is merged into {target}")).to_be_visible()
    expect(grace.get_by_role("link", name=f"from #{source}")).to_be_visible()
    pointer = linus.get_by_role("note")
    expect(pointer).to_contain_text(f"Merged into {target}")
    expect(linus.get_by_role("combobox", name="Status")).to_have_text("Closed")

    linus.get_by_role("button", name="Undo merge").click()
    expect(linus.get_by_text("The tickets are separate again")).to_be_visible()
    expect(pointer).to_have_count(0)
    expect(linus.get_by_role("combobox", name="Status")).to_have_text("New")


def create_again(page: Page, running, subject: str) -> str:
    listed(page, f"{running.url}/app/tickets")
    return create(page, subject)


def test_ticked_tickets_are_merged_and_separated_again(browser_of, running):
    page = browser_of("grace")
    rows = listed(page, f"{running.url}/app/tickets?status=NEW&sort=createdAt")
    names = rows.get_by_role("link").all_inner_texts()[:2]
    for index in (0, 1):
        rows.nth(index).get_by_role("checkbox").check()
    page.get_by_role("region", name="Selected tickets").get_by_role("button", name="Merge").click()
    dialog = page.get_by_role("dialog", name="Merge 2 tickets into…")
    dialog.get_by_role("option", name=names[0]).click()
    dialog.get_by_role("region", name="After merging").wait_for()
    dialog.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_text("1 ticket is merged into").wait_for()
    expect(page.get_by_role("link", name=names[1], exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The tickets are separate again").wait_for()
    expect(page.get_by_role("link", name=names[1], exact=True).first).to_be_visible()


def test_messages_are_split_off_after_a_look_and_brought_back(signed_in):
    page = signed_in("grace")
    create(page, "Two matters")
    write(page, "Internal note", "This one stays.")
    expect(page.get_by_role("textbox", name="Internal note")).to_have_text("")
    write(page, "Internal note", "This one goes.")
    expect(
        page.get_by_role("region", name="Conversation").get_by_text("This one goes.")
    ).to_be_visible()

    more(page, "Split messages…")
    bar = page.get_by_role("region", name="Split messages")
    boxes = page.get_by_role("checkbox", name=re.compile("^Choose the message"))
    expect(boxes).to_have_count(2)
    boxes.nth(1).check()
    expect(bar).to_contain_text("1 chosen")
    assert flaws(page) == []
    bar.get_by_role("button", name="Split…").click()
    dialog = page.get_by_role("dialog", name="Split to a new ticket")
    preview = dialog.get_by_role("region", name="In the new ticket")
    expect(preview.get_by_text("This one goes.")).to_be_visible()
    subject = dialog.get_by_label("Subject of the new ticket")
    subject.fill("")
    dialog.get_by_role("button", name="Split", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("Fill this in.")
    assert flaws(page) == []
    subject.fill("The other matter")
    dialog.get_by_role("button", name="Split", exact=True).click()

    page.get_by_text(re.compile(r"^1 message is in \d+ now$")).wait_for()
    facts = page.get_by_role("complementary", name="Facts")
    expect(facts.get_by_role("link", name=re.compile("Related.*The other matter"))).to_be_visible()
    expect(
        page.get_by_role("region", name="Conversation").get_by_text("This one goes.")
    ).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(
        page.get_by_role("region", name="Conversation").get_by_text("This one goes.")
    ).to_be_visible()


def test_a_link_shows_on_both_tickets_and_comes_back_after_removal(signed_in, running):
    page, other = signed_in("grace"), signed_in("linus")
    number = create(page, "Needs the hub first")
    other.goto(f"{running.url}/app/tickets/1136")
    other.get_by_role("tab", name="Reply").wait_for()
    more(page, "Link a ticket…")
    dialog = page.get_by_role("dialog", name="Link another ticket")
    dialog.get_by_role("combobox", name="Ticket to link").fill("1136")
    dialog.get_by_role("option", name=re.compile("1136")).click()
    dialog.get_by_label("Parent").check()
    assert flaws(page) == []
    dialog.get_by_role("button", name="Link", exact=True).click()
    page.get_by_text("1136 is linked: parent").wait_for()
    facts = page.get_by_role("complementary", name="Facts")
    expect(facts.get_by_text("Parent", exact=True)).to_be_visible()
    other.reload()
    theirs = other.get_by_role("complementary", name="Facts")
    expect(theirs.get_by_text("Child", exact=True)).to_be_visible()
    facts.get_by_role("button", name="Remove the link to 1136").click()
    page.get_by_text("1136 is linked no more").wait_for()
    page.get_by_role("button", name="Undo").last.click()
    expect(facts.get_by_text("Parent", exact=True)).to_be_visible()
    more(page, "Link a ticket…")
    dialog.get_by_role("combobox", name="Ticket to link").fill("1136")
    dialog.get_by_role("option", name=re.compile("1136")).click()
    dialog.get_by_role("button", name="Link", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("linked to #1136 already")
    assert number
