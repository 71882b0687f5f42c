"""Going to an address inside the staff app, as its own links do: without loading the app anew."""

from playwright.sync_api import Page


def follow(page: Page, address: str) -> None:
    """Go to a path of the app that is open; what the screen shows next tells when one is there."""
    page.evaluate("to => window.__reactRouterDataRouter.navigate(to)", address)
