"""Ticking tickets in the list, changing them together, and taking it back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.lists import listed
from tests.journeys.looks import flaws


def selection(page: Page):
    return page.get_by_role("region", name="Selected tickets")


def pick(page: Page, control: str, choice: str) -> None:
    selection(page).get_by_role("combobox", name=control).click()
    page.get_by_role("option", name=choice, exact=True).click()


def test_ticked_tickets_are_changed_together_and_the_change_is_taken_back(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?priority=LOW")
    expect(page.get_by_role("combobox", name="Priority")).to_contain_text("Low")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(selection(page)).to_contain_text("3 selected")
    assert flaws(page) == []
    names = page.locator("[data-row]:has(:checked) [data-row-link]").all_inner_texts()
    pick(page, "Set priority", "Urgent")
    page.get_by_text("3 tickets are changed").wait_for()
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()


def test_the_ticks_stay_with_their_tickets_while_the_list_moves(signed_in, running):
    page, other = signed_in("grace"), signed_in("linus")
    name = page.locator("[data-row-link]").nth(1).inner_text()
    row = page.locator("[data-row]", has=page.get_by_role("link", name=name, exact=True))
    row.first.get_by_role("checkbox").check()
    other.get_by_role("link", name=name, exact=True).first.click()
    other.get_by_role("tab", name="Internal note").click()
    other.get_by_role("textbox", name="Internal note").fill("Seen.")
    other.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-row]").first.get_by_role("link")).to_have_text(name)
    expect(page.locator("[data-row]").first.get_by_role("checkbox")).to_be_checked()
    expect(selection(page)).to_contain_text("1 selected")
    assert flaws(page) == []
    page.keyboard.press("Escape")
    expect(selection(page)).to_have_count(0)


def test_the_whole_view_is_changed_by_a_job_with_its_progress_in_sight(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?view=everything")
    page.get_by_role("checkbox", name=re.compile("^Select ticket")).first.check()
    selection(page).get_by_role("button", name=re.compile("^Select all")).click()
    selection(page).get_by_role("combobox", name="Add tag").click()
    page.get_by_placeholder("Add tag…").fill("spring-clean")
    page.get_by_role("option", name="Add “spring-clean”").click()
    expect(page.get_by_text(re.compile(r"tickets are changed"))).to_be_visible(timeout=30_000)


def test_a_reply_to_two_reaches_each_by_name_and_is_taken_back(browser_of, running):
    page = browser_of("grace")
    rows = listed(page, f"{running.url}/app/tickets?status=NEW&sort=createdAt")
    names = rows.get_by_role("link").all_inner_texts()[:2]
    for index in (0, 1):
        rows.nth(index).get_by_role("checkbox").check()
    selection(page).get_by_role("button", name="Reply").click()
    reply = page.get_by_role("dialog", name="Reply to 2 tickets")
    box = reply.get_by_role("textbox")
    box.fill("Dear {{customer}}")
    reply.get_by_role("button", name="Send to 2 tickets").click()
    expect(reply.get_by_role("alert")).to_contain_text("There is no variable {{customer}}")
    assert flaws(page) == []
    box.fill("Dear ")
    box.press("End")
    reply.get_by_role("button", name="requester.first_name").click()
    reply.get_by_role("button", name="Send to 2 tickets").click()
    page.get_by_text("2 tickets are answered").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The change is taken back").wait_for()
    page.get_by_role("link", name=names[0], exact=True).first.click()
    page.get_by_role("tab", name="Reply").wait_for()
    expect(page.get_by_text(re.compile("^Dear "))).to_have_count(0)


def test_what_an_admin_deletes_is_taken_back_and_restored_and_an_agent_cannot_delete(
    signed_in, running
):
    grace, ada = signed_in("grace"), signed_in("ada")
    grace.locator("[data-row]").first.get_by_role("checkbox").check()
    expect(selection(grace).get_by_role("button", name="Delete")).to_have_count(0)
    listed(ada, f"{running.url}/app/tickets?view=everything&sort=createdAt")
    row = ada.locator("[data-row]").first
    name = row.get_by_role("link").inner_text()
    row.get_by_role("checkbox").check()
    ada.keyboard.press("#")
    asked = ada.get_by_role("dialog", name="Delete 1 ticket?")
    expect(asked.get_by_role("button", name="Keep them")).to_be_focused()
    assert flaws(ada) == []
    asked.get_by_role("button", name="Delete", exact=True).click()
    ada.get_by_text("1 ticket is deleted").wait_for()
    gone = ada.get_by_role("link", name=name, exact=True)
    expect(gone).to_have_count(0)
    ada.get_by_role("button", name="Undo").click()
    ada.get_by_text("The deleted tickets are back").wait_for()
    expect(gone).to_have_count(1)
    ada.locator("[data-row]", has=gone).get_by_role("checkbox").check()
    ada.keyboard.press("#")
    asked.get_by_role("button", name="Delete", exact=True).click()
    expect(gone).to_have_count(0)
    ada.goto(f"{running.url}/app/settings/deleted-tickets")
    line = ada.get_by_role("listitem").filter(has_text=name)
    expect(line).to_contain_text("deleted by Ada Lovelace")
    line.get_by_role("button", name=re.compile("^Delete .* for good")).click()
    expect(line).to_contain_text("There is no way back.")
    assert flaws(ada) == []
    line.get_by_role("button", name=re.compile("^Keep")).click()
    line.get_by_role("button", name=re.compile("^Restore")).click()
    ada.get_by_text(re.compile(r"^\d+ is back$")).wait_for()
    expect(line).to_have_count(0)
    listed(ada, f"{running.url}/app/tickets?view=everything&sort=createdAt")
    expect(gone).to_have_count(1)


def test_a_key_on_a_row_means_that_row_while_nothing_is_ticked(browser_of, running):
    page = browser_of("grace")
    listed(page, f"{running.url}/app/tickets?sort=createdAt")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.get_by_role("listbox", name="Set priority")).to_be_visible()
    page.keyboard.type("crit")
    page.keyboard.press("Enter")
    page.get_by_text("1 ticket is changed").wait_for()
    expect(page.locator("[data-row-link]").first).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The change is taken back").wait_for()
    page.locator("[data-row-link]").nth(1).focus()
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Internal note")).to_be_focused()
