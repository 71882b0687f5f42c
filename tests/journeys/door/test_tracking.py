"""The tracking page, followed live."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.axe import problems
from ticketdesk import unit_of_work
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.respond import respond


@pytest.fixture
def ticket(door: str) -> dict:
    body = {
        "organizationId": "acme",
        "requesterName": "Jane Doe",
        "requesterEmail": "jane@customer.example",
        "subject": "Followed live",
        "description": "It says: invalid credentials.",
    }
    return httpx.post(f"{door}/api/embed/tickets/submit", json=body).json()["ticket"]


def write(actor, ticket: dict, content: str, **more) -> None:
    command = AddResponse(content=content, **more)
    unit_of_work.as_actor(actor, respond, ticket["id"], command)


def test_an_agents_reply_appears_by_itself_and_what_is_being_typed_stays(
    ticket, open_page, grace
) -> None:
    page = open_page()
    with page.expect_response("**/events?*"):
        page.goto(ticket["trackingUrl"])
    page.get_by_label("Your answer").fill("Half an answer")
    write(grace, ticket, "Nobody outside reads this.", is_internal=True)
    write(grace, ticket, "Please try again.")

    expect(page.get_by_text("Please try again.")).to_be_visible()
    expect(page.get_by_text("There is something new.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Half an answer")
    assert "Nobody outside" not in page.content()


def test_the_requester_answers_with_a_file_then_settles_it(ticket, open_page) -> None:
    page = open_page()
    page.goto(ticket["trackingUrl"])
    page.get_by_label("Your answer").fill("Here is the log.")
    page.get_by_label("Add files").set_input_files(
        [{"name": "log.txt", "mimeType": "text/plain", "buffer": b"so it said"}]
    )
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("Your answer is on its way.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="log.txt").click()
    assert download.value.suggested_filename == "log.txt"
    page.get_by_role("button", name="My problem is solved").click()
    expect(page.get_by_text("Thank you. The ticket is closed.")).to_be_visible()
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("The ticket is open again.")).to_be_visible()


def test_the_page_works_without_scripts(ticket, open_page) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(ticket["trackingUrl"])
    page.get_by_label("Your answer").fill("Plain.")
    page.get_by_role("button", name="Send answer").click()

    expect(page.get_by_text("Plain.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_flaw_in_the_page(door, ticket, open_page, grace, scheme: str) -> None:
    write(grace, ticket, "A list:\n\n- one\n\n> quoted", content_format="markdown")
    page = open_page(color_scheme=scheme)
    page.goto(ticket["trackingUrl"])
    found = problems(page)
    page.goto(f"{door}/track/1-x")
    found += problems(page)

    assert found == []
