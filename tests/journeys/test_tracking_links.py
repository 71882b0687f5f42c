"""Ending the links by which somebody outside follows a ticket."""

import httpx
from playwright.sync_api import expect


def test_an_agent_revokes_the_customers_links_after_a_second_question(browser_of, running):
    body = {
        "organizationId": "acme",
        "requesterName": "Jane Doe",
        "requesterEmail": "jane@customer.example",
        "subject": "Forwarded to the wrong person",
        "description": "The link went astray.",
    }
    made = httpx.post(f"{running.url}/api/embed/tickets/submit", json=body).json()["ticket"]
    assert httpx.get(made["trackingUrl"]).status_code == 200
    page = browser_of("grace")
    page.goto(f"{running.url}/app/tickets/{made['ticketNumber']}")
    page.get_by_role("button", name="Revoke links").click()
    page.get_by_role("button", name="Keep").click()
    assert httpx.get(made["trackingUrl"]).status_code == 200
    page.get_by_role("button", name="Revoke links").click()
    page.get_by_role("button", name="Revoke", exact=True).click()

    expect(page.get_by_text("Revoked. The next mail brings a new link.")).to_be_visible()
    assert httpx.get(made["trackingUrl"]).status_code == 404
