"""Settings in a real browser: each page does what it says, and is readable for everybody."""

import pyotp
from playwright.sync_api import Page, expect

from tests.support.cast import PASSWORD


def go(page: Page, running, name: str) -> Page:
    page.goto(f"{running.url}/app/settings/{name}")
    page.locator(".settings-body:not([aria-busy]) > h2").wait_for()
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_member_is_invited_made_admin_and_let_go(running, browser_of):
    ada = go(browser_of("ada"), running, "members")
    ada.get_by_label("Name", exact=True).fill("Kay McNulty")
    ada.get_by_label("Email", exact=True).fill("not an address")
    press(ada, "Send invitation")
    expect(ada.get_by_text("This is not a mail address.")).to_be_visible()
    expect(ada.get_by_label("Email", exact=True)).to_be_focused()

    ada.get_by_label("Email", exact=True).fill("kay@acme.example")
    press(ada, "Send invitation")
    row = ada.locator("li", has_text="kay@acme.example")
    expect(row).to_contain_text("Invited")

    ada.get_by_role("combobox", name="Role of Kay McNulty").click()
    ada.get_by_role("option", name="Admin").click()
    expect(ada.get_by_text("Role changed")).to_be_visible()

    press(ada, "Work of Kay McNulty")
    ada.get_by_label("Open tickets at most").fill("0")
    expect(ada.get_by_text("Write 1 or more.")).to_be_visible()
    ada.get_by_label("Open tickets at most").fill("7")
    ada.get_by_label("At work round the clock").uncheck()
    press(ada, "Save work")
    expect(row).to_contain_text("at most 7 open · own hours")

    press(ada, "Deactivate Kay McNulty")
    press(ada, "Deactivate")
    expect(row).to_contain_text("Deactivated")
    press(ada, "Reactivate Kay McNulty")
    expect(row).not_to_contain_text("Deactivated")


def test_a_team_is_made_and_changed(running, browser_of):
    ada = go(browser_of("ada"), running, "teams")
    ada.get_by_label("Name", exact=True).fill("Billing")
    ada.get_by_role("combobox", name="Agents").click()
    ada.get_by_role("option", name="Grace Hopper").click()
    ada.keyboard.press("Escape")
    press(ada, "Save team")
    expect(ada.locator("li", has_text="Billing")).to_contain_text("Grace Hopper")

    press(ada, "Edit Billing")
    expect(ada.get_by_label("Name", exact=True)).to_have_value("Billing")
    ada.get_by_label("Name", exact=True).fill("Money")
    press(ada, "Save team")
    expect(ada.locator("li", has_text="Money")).to_be_visible()
    press(ada, "Delete Money")
    expect(ada.locator("li", has_text="Money")).to_have_count(0)


def test_an_api_key_is_shown_once_works_and_is_revoked(running, browser_of):
    ada = go(browser_of("ada"), running, "api-keys")
    ada.get_by_label("Name", exact=True).fill("Shop import")
    press(ada, "Make key")
    key = ada.get_by_label("The new API key").inner_text()
    headers = {"Authorization": f"Bearer {key}"}
    assert ada.request.get(f"{running.url}/api/tickets?limit=1", headers=headers).status == 200

    go(ada, running, "api-keys")
    expect(ada.get_by_label("The new API key")).to_have_count(0)
    press(ada, "Revoke Shop import")
    expect(ada.locator("li", has_text="Shop import")).to_contain_text("Revoked")
    assert ada.request.get(f"{running.url}/api/tickets?limit=1", headers=headers).status == 401


def test_a_webhook_is_made_for_public_addresses_only(running, browser_of):
    ada = go(browser_of("ada"), running, "webhooks")
    ada.get_by_label("Address").fill("http://169.254.169.254/latest")
    press(ada, "Make webhook")
    expect(ada.get_by_text("Only public addresses can be told.")).to_be_visible()
    ada.get_by_label("Address").fill("https://hook.example/desk")
    press(ada, "Make webhook")
    expect(ada.get_by_label("The new webhook's secret")).to_contain_text("tdw_")
    press(ada, "Switch https://hook.example/desk")
    expect(ada.locator("li", has_text="https://hook.example/desk")).to_contain_text("Off")
    press(ada, "Delete https://hook.example/desk")
    expect(ada.get_by_text("No webhooks yet")).to_be_visible()


def test_the_second_factor_guards_the_door_until_it_is_turned_off(running, browser_of, open_page):
    linus = go(browser_of("linus", anew=True), running, "profile")
    press(linus, "Turn on")
    picture = linus.get_by_role("img", name="QR code for the authenticator app")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    secret = linus.get_by_label("The same as text").inner_text()
    linus.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    press(linus, "Turn on")
    recovery = linus.locator(".codes code").first.inner_text()

    other = open_page()
    other.goto(f"{running.url}/login")
    other.get_by_label("Email").fill("linus@acme.example")
    other.get_by_label("Password").fill(PASSWORD)
    press(other, "Sign in")
    other.get_by_label("Code").fill(recovery)
    press(other, "Sign in")
    other.wait_for_url("**/app/tickets")

    linus.get_by_label("Password").fill(PASSWORD)
    press(linus, "Turn off")
    expect(linus.get_by_text("Recommended for everybody")).to_be_visible()
    press(linus, "Sign out everywhere else")
    expect(linus.get_by_text("Signed out everywhere else")).to_be_visible()


def test_what_was_changed_stands_in_the_audit_log(running, browser_of):
    ada = go(browser_of("ada"), running, "organization")
    ada.get_by_label("Name", exact=True).fill("Acme Help")
    press(ada, "Save")
    expect(ada.get_by_text("Organization saved")).to_be_visible()
    expect(ada.locator(".organization")).to_have_text("Acme Help")
    ada.get_by_label("Name", exact=True).fill("Acme Support")
    press(ada, "Save")
    expect(ada.locator(".organization")).to_have_text("Acme Support")

    go(ada, running, "audit-log")
    expect(ada.get_by_text('name: "Acme Help" → "Acme Support"')).to_be_visible()
    ada.get_by_label("By whom").fill("nobody like this")
    expect(ada.get_by_text("Nothing like this was changed.")).to_be_visible()
