"""Short ways to a ticket list in a browser."""

from playwright.sync_api import Locator, Page, expect


def listed(page: Page, address: str) -> Locator:
    """Open a list and return its rows, once they are those of its filters."""
    page.goto(address)
    return answered(page)


def answered(page: Page) -> Locator:
    """Wait until the rows are those of the address."""
    expect(page.get_by_role("list", name="Tickets")).to_have_attribute("aria-busy", "false")
    rows = page.locator("[data-row]")
    rows.first.wait_for()
    return rows
