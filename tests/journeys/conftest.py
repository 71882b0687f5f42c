"""The real product on a port, and people with browsers in front of it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import chromium_path
from tests.support.cast import PASSWORD
from tests.support.desk import Desk

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SignIn = Callable[..., Page]

_WITHIN = 30_000
"""How many milliseconds anything may take to show: long, for a machine that is busy."""

expect.set_options(timeout=_WITHIN)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen.

    Its driver keeps an event loop running, beside which no asynchronous test can run: so it goes
    with its file.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browsers complained of; a test fails for any of it."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser profile of its own; errors in its console fail the test."""
    contexts = []

    def opened(**options: Any) -> Page:
        # Without motion, axe never measures the colours of something that still fades in.
        usual = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**usual | options)
        context.set_default_timeout(_WITHIN)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: (
                complaints.append(line.text) if line.type in {"error", "warning"} else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(running: Desk, open_page: Callable[..., Page]) -> SignIn:
    """Sign somebody in through the login form; their page shows the ticket list."""

    def enter(first_name: str, **options: Any) -> Page:
        page = open_page(**options)
        page.goto(f"{running.url}/login")
        page.get_by_label("Email").fill(f"{first_name}@acme.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile("/app/tickets"))
        page.locator("[data-row]").first.wait_for()
        return page

    return enter
