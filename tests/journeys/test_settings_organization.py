"""What an admin sets for the organization, in a real browser: judged, taken back, never lost."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.test_settings import go, press


def test_a_name_is_judged_while_it_is_typed_and_a_save_is_taken_back(running, browser_of):
    ada = go(browser_of("ada"), running, "privacy")
    ada.get_by_label("Audit log").fill("3")
    expect(ada.get_by_text("Write 30 or more.")).to_be_visible()
    ada.get_by_label("Audit log").fill("400")
    expect(ada.get_by_text("Write 30 or more.")).to_have_count(0)
    press(ada, "Save")
    expect(ada.get_by_text("Periods saved")).to_be_visible()
    press(ada, "Undo")
    expect(ada.get_by_text("The settings are as they were")).to_be_visible()
    expect(ada.get_by_label("Audit log")).to_have_value("")


def test_the_organizations_name_is_taken_back_too(running, browser_of):
    ada = go(browser_of("ada"), running, "organization")
    ada.get_by_label("Name", exact=True).fill("Acme Helpdesk")
    press(ada, "Save")
    expect(ada.get_by_text("Organization saved")).to_be_visible()
    press(ada, "Undo")
    expect(ada.get_by_label("Name", exact=True)).to_have_value("Acme Support")


def test_the_colour_set_for_the_organization_is_the_forms(running, browser_of):
    ada = go(browser_of("ada"), running, "organization")
    ada.get_by_label("Colour").fill("#0f766e")
    press(ada, "Save colour")
    expect(ada.get_by_text("Colour saved")).to_be_visible()
    go(ada, running, "widget")
    expect(ada.get_by_label("Colour")).to_have_value("#0f766e")


def test_a_status_is_called_by_its_own_name_at_the_desk_and_in_the_portal(running, browser_of):
    ada = go(browser_of("ada"), running, "statuses")
    ada.get_by_label("In progress at the desk").fill("On the bench")
    ada.get_by_label("In progress towards customers").fill("On our bench")
    press(ada, "Save")
    expect(ada.get_by_text("Statuses saved")).to_be_visible()
    ada.goto(f"{running.url}/app/tickets?status=IN_PROGRESS")
    row = ada.get_by_role("img", name="On the bench").first
    expect(row).to_be_visible()

    go(ada, running, "statuses")
    for side in ("at the desk", "towards customers"):
        ada.get_by_label(f"In progress {side}").fill("")
    press(ada, "Save")
    expect(ada.get_by_text("Statuses saved")).to_be_visible()


def test_a_person_is_looked_up_copied_and_erased(running, browser_of):
    ada = go(browser_of("ada"), running, "privacy")
    ada.get_by_label("Email").fill("nobody@where.example")
    press(ada, "Look up")
    expect(ada.get_by_text("The desk holds nothing of this address.")).to_be_visible()

    origin = {"Origin": running.url}
    body = {
        "requesterName": "Kim Forgotten",
        "requesterEmail": "kim@forgotten.example",
        "subject": "A private matter",
        "description": "Please keep this to yourselves.",
    }
    made = ada.request.post(f"{running.url}/api/tickets", data=body, headers=origin)
    number = made.json()["ticket"]["ticketNumber"]
    ada.get_by_label("Email").fill("kim@forgotten.example")
    press(ada, "Look up")
    expect(ada.get_by_role("heading", name="Kim Forgotten")).to_be_visible()
    assert problems(ada) == []
    with ada.expect_download() as copied:
        ada.get_by_role("link", name="Download a copy").click()
    assert re.fullmatch(r"person-[\d-]+\.zip", copied.value.suggested_filename)

    ada.get_by_label("Type the address once more").fill("kim")
    press(ada, "Erase for good")
    expect(ada.get_by_text("Type the address exactly as it stands above.")).to_be_visible()
    ada.get_by_label("Type the address once more").fill("kim@forgotten.example")
    press(ada, "Erase for good")
    expect(ada.get_by_text("The person is being erased")).to_be_visible()
    ada.goto(f"{running.url}/app/tickets/{number}")
    expect(ada.get_by_text("The content was erased at the person's request.")).to_be_visible()
    expect(ada.get_by_text("A private matter")).to_have_count(0)


def test_the_first_steps_are_listed_with_what_is_done(running, browser_of):
    ada = go(browser_of("ada"), running, "start")
    expect(ada.locator(".guide-step")).to_have_count(5)
    expect(ada.locator(".guide-step.done", has_text="Open the first ticket")).to_be_visible()
    ada.get_by_role("link", name="Invite a colleague").click()
    expect(ada.get_by_role("heading", name="Members")).to_be_visible()


def test_a_customer_is_made_manager_of_a_company(running, browser_of):
    ada = go(browser_of("ada"), running, "customers")
    ada.get_by_label("Find customers").fill("omar")
    expect(ada.locator(".settings-row")).to_have_count(1)
    ada.get_by_role("button", name=re.compile("^Edit Omar")).click()
    ada.get_by_label("Company", exact=True).fill("Customer Ltd")
    ada.get_by_label("Sees all tickets of the company in the portal").check()
    press(ada, "Save customer")
    expect(ada.locator(".settings-row", has_text="Omar")).to_contain_text("Manager")
    ada.get_by_role("button", name=re.compile("^Edit Omar")).click()
    ada.get_by_label("Company", exact=True).fill("")
    press(ada, "Save customer")
    expect(ada.locator(".settings-row", has_text="Manager")).to_have_count(0)
