"""The real product on a port, and people with browsers in front of it."""

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


@pytest.fixture(scope="module")
def _sessions(running: Desk) -> dict[str, Any]:
    """The cookies of those who have signed in to the desk as it was at its start."""
    return {}


@pytest.fixture
def browser_of(running: Desk, open_page: Callable[..., Page], _sessions: dict[str, Any]) -> SignIn:
    """The browser of somebody who has signed in, before it opens anything.

    One session of each person serves a whole file; who ends one signs in anew (`anew=True`).
    """

    def enter(first_name: str, *, anew: bool = False, **options: Any) -> Page:
        page = open_page(**options)
        if first_name in _sessions and not anew:
            page.context.add_cookies(_sessions[first_name])
            return page
        answer = page.context.request.post(
            f"{running.url}/login",
            form={"email": f"{first_name}@acme.example", "password": PASSWORD},
            headers={"Origin": running.url},
            max_redirects=0,
        )
        assert answer.status == 303, answer.text()
        if not anew:
            _sessions[first_name] = page.context.cookies()
        return page

    return enter


@pytest.fixture
def signed_in(running: Desk, browser_of: SignIn) -> SignIn:
    """Somebody's page, signed in, with the ticket list on it."""

    def enter(first_name: str, **options: Any) -> Page:
        page = browser_of(first_name, **options)
        page.goto(f"{running.url}/app/tickets")
        page.locator("[data-row]").first.wait_for()
        return page

    return enter
