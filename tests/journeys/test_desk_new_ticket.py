"""The form for a new ticket: over any screen, from a template, with what is known already."""

import re
import uuid

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import flaws, resize
from tests.journeys.test_desk_writing import PASTE_PICTURE
from tests.journeys.test_working_a_ticket import pick


def fill(page: Page, subject: str) -> None:
    page.get_by_label("Requester name").fill("Jane Smith")
    page.get_by_label("Requester email").fill("jane@customer.example")
    page.get_by_label("Subject").fill(subject)


def test_a_key_opens_the_form_over_the_list_and_the_ticket_is_made_there(signed_in):
    page = signed_in("grace")
    page.keyboard.press("c")
    form = page.get_by_role("dialog", name="New ticket")
    expect(form.get_by_label("Requester name")).to_be_focused()
    subject = f"Called about a lamp {uuid.uuid4().hex[:6]}"
    fill(page, subject)
    form.get_by_label("Description").fill("She called.")
    form.get_by_role("combobox", name="Priority", exact=True).click()
    page.get_by_role("option", name="High").click()
    assert problems(page) == []
    form.get_by_role("button", name="Create ticket").click()
    page.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    expect(form).to_have_count(0)
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def test_what_was_typed_is_there_again_and_can_be_discarded(signed_in):
    page = signed_in("linus")
    page.keyboard.press("c")
    form = page.get_by_role("dialog", name="New ticket")
    fill(page, "Half a ticket")
    # Nobody waits until it is saved: the last words go when the form is closed.
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    page.get_by_role("link", name="New ticket").click()
    expect(page.get_by_label("Subject")).to_have_value("Half a ticket")
    page.get_by_label("Subject").fill("Not to be kept")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Subject")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Subject")).to_have_value("")
    expect(page.get_by_text("Draft saved")).to_have_count(0)


def test_likely_doubles_and_the_persons_tickets_show_while_one_types(signed_in):
    page = signed_in("grace")
    page.get_by_role("link", name="New ticket").click()
    fill(page, "Hub update is stuck")
    expect(page.get_by_role("region", name="Maybe the same")).to_contain_text("Hub update failed")
    expect(page.get_by_role("region", name="Recent tickets of this person")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Subject")).to_have_value("")


def test_errors_stand_beside_the_fields_and_the_first_has_the_focus(signed_in):
    page = signed_in("grace")
    page.get_by_role("link", name="New ticket").click()
    page.get_by_label("Requester name").fill("Jane Smith")
    page.get_by_label("Requester email").fill("nowhere")
    page.get_by_role("button", name="Create ticket").click()
    expect(page.get_by_text("This is not a mail address.")).to_be_visible()
    expect(page.get_by_label("Requester email")).to_be_focused()
    expect(page.get_by_role("textbox", name="Description")).to_have_attribute(
        "aria-invalid", "true"
    )
    assert problems(page) == []
    resize(page, 390)
    form = page.locator(".form-scroll")
    assert form.evaluate("form => form.scrollWidth - form.clientWidth") <= 0
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Requester name")).to_have_value("")


def test_a_question_comes_when_another_answer_asks_for_it(signed_in):
    page = signed_in("grace")
    page.get_by_role("link", name="New ticket").click()
    expect(page.get_by_role("combobox", name="Product")).to_be_visible()
    expect(page.get_by_label("Serial number")).to_have_count(0)
    pick(page, "Product", "Hub")
    expect(page.get_by_label("Serial number")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Serial number")).to_have_count(0)


def test_an_admin_writes_a_template_and_an_agent_begins_with_it(browser_of, signed_in, running):
    ada = browser_of("ada")
    ada.goto(f"{running.url}/app/settings/ticket-templates")
    title = f"Starter {uuid.uuid4().hex[:6]}"
    ada.get_by_role("textbox", name="Title").fill(title)
    ada.get_by_role("textbox", name="Subject").fill("Account for a new colleague")
    ada.get_by_role("textbox", name="Description").fill("Name and team?")
    assert problems(ada) == []
    ada.get_by_role("button", name="Save template").click()
    expect(ada.get_by_text("Template saved")).to_be_visible()

    grace = signed_in("grace")
    grace.get_by_role("link", name="New ticket").click()
    grace.get_by_label("Requester name").fill("Omar Haddad")
    pick(grace, "Template", title)
    expect(grace.get_by_label("Subject")).to_have_value("Account for a new colleague")
    expect(grace.get_by_label("Description")).to_have_text("Name and team?")
    expect(grace.get_by_label("Requester name")).to_have_value("Omar Haddad")
    grace.get_by_role("button", name="Discard").click()
    expect(grace.get_by_label("Subject")).to_have_value("")

    ada.get_by_role("button", name=f"Delete {title}").click()
    expect(ada.get_by_text("Template deleted")).to_be_visible()


def test_a_pasted_picture_stands_in_the_description(signed_in):
    page = signed_in("grace")
    page.keyboard.press("c")
    form = page.get_by_role("dialog", name="New ticket")
    fill(page, f"What it looks like {uuid.uuid4().hex[:6]}")
    box = form.get_by_role("textbox", name="Description")
    box.fill("Like this:")
    box.evaluate(PASTE_PICTURE)
    expect(box.locator("img[src]")).to_have_attribute("src", re.compile("^/api/attachments/file_"))
    assert flaws(page) == []
    form.get_by_role("button", name="Create ticket").click()
    picture = page.locator(".item.customer .prose img")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 40
    expect(page.locator(".item.customer .message-body .tile")).to_have_count(0)
