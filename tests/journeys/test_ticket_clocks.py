"""Why a ticket is due when it is, in a real browser, and live while it is looked at."""

from playwright.sync_api import expect

from tests.journeys.looks import flaws


def test_the_clocks_are_explained_and_follow_a_change(running, signed_in):
    grace = signed_in("grace")
    made = grace.request.post(
        f"{running.url}/api/tickets",
        data={
            "requesterName": "Jane Smith",
            "requesterEmail": "jane@customer.example",
            "subject": "When will it be done?",
            "description": "I wonder.",
            "priority": "HIGH",
        },
        headers={"Origin": running.url},
    )
    assert made.ok, made.text()
    reference = made.json()["ticket"]["id"]
    grace.goto(f"{running.url}/app/tickets/{reference}")
    grace.get_by_role("button", name="Why is it due then?").click()
    dialog = grace.get_by_role("dialog", name="Why is it due then?")
    resolution = dialog.get_by_role("region", name="Resolution")
    expect(resolution.get_by_role("status")).to_contain_text("due", ignore_case=True)
    expect(resolution).to_contain_text("counted until then: what was promised")

    moved = grace.request.patch(
        f"{running.url}/api/tickets/{reference}/status",
        data={"status": "WAITING_ON_CUSTOMER"},
        headers={"Origin": running.url},
    )
    assert moved.ok, moved.text()
    expect(resolution.get_by_role("status")).to_contain_text("stands still", timeout=30_000)
    expect(resolution.locator(".countdown.paused")).to_be_visible()


def test_the_explanation_is_readable_for_everybody(running, browser_of):
    grace = browser_of("grace")
    grace.goto(f"{running.url}/app/tickets?view=breached")
    grace.locator("[data-row-link]").first.click()
    grace.get_by_role("button", name="Why is it due then?").click()
    grace.locator(".clock-explained").first.wait_for()
    assert flaws(grace) == []
