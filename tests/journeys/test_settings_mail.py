"""Mail's pages of settings in a real browser: own words, sending, receiving, a key that signs."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.looks import flaws
from tests.journeys.test_settings import go, press


def undo(page: Page, words: str) -> None:
    page.locator(".toast", has_text=words).get_by_role("button", name="Undo").click()


def test_a_template_is_written_beside_its_preview_refused_when_broken_and_reset(
    running, browser_of
):
    ada = go(browser_of("ada"), running, "mail-templates")
    ada.get_by_role("combobox", name="Readers of").click()
    ada.get_by_role("option", name="German").click()
    seen = ada.frame_locator("iframe")
    expect(seen.locator("html")).to_have_attribute("lang", "de")
    source = ada.get_by_label("HTML", exact=True)
    source.fill("<p>Hallo {{ ticket.number }}</p>")
    expect(seen.get_by_text("Hallo 1001")).to_be_visible()
    press(ada, "Show it dark")
    expect(ada.get_by_role("button", name="Show it light")).to_be_visible()
    expect(seen.get_by_text("Hallo 1001")).to_be_visible()

    source.fill("<p>\n{{ ticket.number </p>")
    press(ada, "Save template")
    expect(ada.locator("#html-problem")).to_contain_text("Line 2")
    expect(source).to_be_focused()
    source.fill("<p>Servus {{ ticket.number }}</p>")
    press(ada, "Save template")
    expect(ada.get_by_text("Template saved")).to_be_visible()
    press(ada, "Reset to default")
    expect(ada.get_by_role("button", name="Reset to default")).to_have_count(0)
    expect(ada.get_by_label("HTML", exact=True)).to_have_value(re.compile("created.lead"))
    undo(ada, "Our own template is back")
    expect(ada.get_by_label("HTML", exact=True)).to_have_value(re.compile("Servus"))
    assert flaws(ada) == []


def test_sending_is_set_up_judged_while_one_types_tried_and_taken_back(running, browser_of):
    ada = go(browser_of("ada"), running, "email")
    mail = ada.get_by_role("form", name="Email")
    mail.get_by_label("From", exact=True).fill("no address")
    expect(mail).to_contain_text("This is not a mail address.")
    mail.get_by_label("From", exact=True).fill("help@acme.example")
    expect(mail).not_to_contain_text("This is not a mail address.")
    press(mail, "Save")
    undo(ada, "Email saved")
    expect(ada.get_by_text("The settings are as they were")).to_be_visible()
    expect(mail.get_by_label("From", exact=True)).not_to_have_value("help@acme.example")

    trial = ada.get_by_role("form", name="Test mail")
    trial.get_by_label("To", exact=True).fill("ada@acme.example")
    press(trial, "Send test mail")
    expect(ada.get_by_text("It was handed to the provider.")).to_be_visible()
    press(ada, "Check inbound")
    expect(ada.get_by_text("mail comes in by webhook")).to_be_visible()
    assert flaws(ada) == []


def test_receiving_is_set_up_and_a_key_signs(running, browser_of):
    ada = go(browser_of("ada"), running, "email")
    ada.get_by_role("combobox", name="Mail comes by").click()
    ada.get_by_role("option", name="Mailgun").click()
    address = ada.get_by_label("Address for incoming mail")
    expect(address).to_contain_text("provider=mailgun&organizationId=acme")

    ada.get_by_role("combobox", name="Mail comes by").click()
    ada.get_by_role("option", name="A mailbox (IMAP)").click()
    form = ada.get_by_role("form", name="Mailbox")
    form.get_by_label("User").fill("desk")
    form.get_by_label("Password").fill("s3cret")
    form.get_by_label("Server").fill("127.0.0.1")
    expect(form).to_contain_text("TICKETDESK_MAIL_NETWORKS")

    ada.get_by_role("combobox", name="Carried by").click()
    ada.get_by_role("option", name="SMTP").click()
    ada.get_by_label("Domain", exact=True).fill("acme.example")
    press(ada, "Make a key")
    name, value = ada.get_by_label("Name of the record"), ada.get_by_label("Value of the record")
    expect(name).to_have_text("desk._domainkey.acme.example")
    expect(value).to_contain_text("v=DKIM1; k=rsa; p=")
    published = value.inner_text()
    press(ada, "Stop signing")
    expect(ada.get_by_role("button", name="Make a key")).to_be_visible()
    undo(ada, "Mail is not signed any more")
    expect(value).to_have_text(published)
    assert flaws(ada) == []
