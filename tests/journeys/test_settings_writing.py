"""What the desk writes with is set up in a real browser: texts, macros, mail."""

import re

from playwright.sync_api import expect

from tests.journeys.test_settings import go, press


def test_an_agent_writes_a_text_of_their_own_and_sees_what_a_customer_would_get(
    running, browser_of
):
    grace = go(browser_of("grace"), running, "canned-responses")
    form = grace.get_by_role("form", name="Text", exact=True)
    expect(form.get_by_label("Everybody can use it")).to_have_count(0)
    form.get_by_label("Title").fill("Delay")
    form.get_by_label("Shortcut").fill("delay")
    form.get_by_label("Text", exact=True).fill("Hello {{requester.nickname}}")
    press(grace, "Save text")
    expect(form.get_by_text("There is no variable {{requester.nickname}}")).to_be_visible()
    form.get_by_label("Text", exact=True).fill("Hello {{requester.first_name}}, it is late.")
    expect(form.get_by_text("Hello Jane, it is late.")).to_be_visible()
    press(grace, "Save text")
    expect(grace.locator("li", has_text="/delay")).to_contain_text("Yours")
    press(grace, "Delete Delay")
    expect(grace.locator("li", has_text="/delay")).to_have_count(0)


def test_a_macro_is_made_changed_and_deleted(running, browser_of):
    ada = go(browser_of("ada"), running, "canned-responses")
    press(ada, "Save macro")
    expect(ada.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    ada.get_by_role("textbox", name="Name", exact=True).fill("Close as spam")
    ada.get_by_role("combobox", name="Set status").click()
    ada.get_by_role("option", name="Cancelled").click()
    press(ada, "Save macro")
    row = ada.locator("li", has_text="Close as spam")
    expect(row).to_contain_text("status Cancelled")
    press(ada, "Edit Close as spam")
    name = ada.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("Close as spam")
    note = ada.get_by_role("textbox", name="Internal note")
    note.fill("Spam of {{requester.nickname}}.")
    form = ada.get_by_role("form", name="Macro")
    expect(form.get_by_text("There is no variable {{requester.nickname}}")).to_be_visible()
    note.fill("Spam of {{requester.first_name}}.")
    expect(form.get_by_text("Spam of Jane.")).to_be_visible()
    press(ada, "Save macro")
    expect(row).to_contain_text("note")
    press(ada, "Delete Close as spam")
    expect(row).to_have_count(0)


def test_a_providers_secret_is_kept_and_never_shown_and_a_test_mail_leaves(running, browser_of):
    ada = go(browser_of("ada"), running, "email")
    ada.get_by_label("From", exact=True).fill("nonsense")
    press(ada, "Save")
    expect(ada.get_by_label("From", exact=True)).to_be_focused()
    ada.get_by_label("From", exact=True).fill("support@acme.example")
    ada.get_by_role("combobox", name="Carried by").click()
    ada.get_by_role("option", name="Postmark").click()
    ada.get_by_label("Server token").fill("a secret token")
    press(ada, "Save")
    expect(ada.get_by_text("Email saved")).to_be_visible()
    expect(ada.get_by_text("One is stored; leave this empty to keep it.")).to_be_visible()
    expect(ada.get_by_label("Server token")).to_have_value("")

    ada.get_by_role("combobox", name="Carried by").click()
    ada.get_by_role("option", name="None").click()
    press(ada, "Save")
    expect(ada.get_by_text("No mail leaves this desk")).to_be_visible()
    ada.get_by_label("To", exact=True).fill("ada@acme.example")
    press(ada, "Send test mail")
    expect(ada.get_by_text(re.compile("It is on its way|It was handed"))).to_be_visible()
