"""A ticket from creation to closing, while a colleague's browser follows without a reload."""

import re

from playwright.sync_api import Page, expect


def pick(page: Page, control: str, choice: str) -> None:
    page.get_by_role("combobox", name=control, exact=True).click()
    page.get_by_role("option", name=choice, exact=True).click()


def create(page: Page, subject: str) -> str:
    page.get_by_role("link", name="New ticket").click()
    page.get_by_label("Requester name").fill("Jane Smith")
    page.get_by_label("Requester email").fill("jane@customer.example")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Description").fill("It happens since this morning.")
    pick(page, "Priority", "High")
    pick(page, "Category", "Technical")
    page.get_by_role("button", name="Create ticket").click()
    page.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    return page.url.rsplit("/", 1)[1]


def write(page: Page, kind: str, words: str, button: str = "Send") -> None:
    page.get_by_role("tab", name=kind).click()
    page.get_by_role("textbox", name=kind).fill(words)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_ticket_is_worked_from_creation_to_closing_and_a_colleague_follows_live(signed_in):
    grace, linus = signed_in("grace"), signed_in("linus")

    number = create(grace, "Scanner beeps twice")
    row = linus.get_by_role("link", name="Scanner beeps twice")
    expect(row).to_be_visible()
    row.click()
    expect(grace.get_by_text("Linus is viewing")).to_be_visible()

    grace.get_by_role("textbox", name="Reply").press_sequentially("Hel")
    expect(linus.get_by_text("Grace is typing")).to_be_visible()
    write(grace, "Reply", "Hello Jane, I look into it.")
    expect(linus.get_by_text("Hello Jane, I look into it.")).to_be_visible()
    expect(linus.get_by_role("combobox", name="Status")).to_have_text("Open")

    write(linus, "Internal note", "Firmware 2.1 does that.")
    expect(grace.get_by_text("Firmware 2.1 does that.")).to_be_visible()

    pick(grace, "Assignee", "Linus Pauling")
    expect(linus.get_by_role("combobox", name="Assignee")).to_contain_text("Linus Pauling")
    pick(linus, "Priority", "Urgent")
    expect(grace.get_by_role("combobox", name="Priority")).to_have_text("Urgent")

    write(linus, "Reply", "The update is out. Have a good day!", button="Send and close")
    expect(grace.get_by_role("combobox", name="Status")).to_have_text("Closed")
    expect(grace.get_by_text("The update is out. Have a good day!")).to_be_visible()

    grace.goto(grace.url.replace(number, "") + "?view=closed")
    expect(grace.get_by_role("link", name="Scanner beeps twice")).to_be_visible()


def test_a_fact_changed_by_mistake_is_taken_back_from_the_message(signed_in):
    grace = signed_in("grace")
    create(grace, "Label is crooked")
    pick(grace, "Priority", "Low")
    expect(grace.get_by_role("combobox", name="Priority")).to_have_text("Low")
    grace.get_by_role("button", name="Undo").click()
    expect(grace.get_by_role("combobox", name="Priority")).to_have_text("High")


def test_a_draft_survives_a_reload_and_a_note_is_never_a_reply(signed_in):
    grace = signed_in("grace")
    create(grace, "Till is slow")
    grace.get_by_role("tab", name="Internal note").click()
    grace.get_by_role("textbox", name="Internal note").fill("Only for us")
    grace.reload()
    expect(grace.get_by_role("textbox", name="Reply")).to_have_text("")
    grace.get_by_role("tab", name="Internal note").click()
    expect(grace.get_by_role("textbox", name="Internal note")).to_have_text("Only for us")


def test_a_reply_stops_when_a_colleague_answered_first(signed_in):
    grace, linus = signed_in("grace"), signed_in("linus")
    create(grace, "Two answers at once")
    linus.goto(grace.url)
    grace.get_by_role("textbox", name="Reply").fill("My answer")
    write(linus, "Reply", "The faster answer")
    expect(grace.get_by_text("The faster answer")).to_be_visible()
    grace.get_by_role("button", name="Send", exact=True).click()
    expect(grace.get_by_role("alert")).to_contain_text("wrote meanwhile")
    expect(grace.get_by_role("textbox", name="Reply")).to_have_text("My answer")
    grace.get_by_role("button", name="Send anyway").click()
    expect(linus.get_by_text("My answer")).to_be_visible()


def test_errors_of_the_form_stand_beside_their_fields_and_take_the_focus(signed_in):
    grace = signed_in("grace")
    grace.get_by_role("link", name="New ticket").click()
    grace.get_by_label("Requester email").fill("nowhere")
    grace.get_by_role("button", name="Create ticket").click()
    expect(grace.get_by_label("Requester name")).to_be_focused()
    for name in ("Requester name", "Requester email", "Subject", "Description"):
        expect(grace.get_by_label(name)).to_have_attribute("aria-invalid", "true")
        expect(grace.get_by_label(name)).to_have_accessible_description(re.compile(r"\w+"))
