"""The desk's public side on a port, another site beside it, and a browser in front of both."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import databases
from tests.support.browser import chromium_path
from tests.support.captcha_peer import captcha_peer
from tests.support.desk import eventually
from tests.support.host_site import HostSite, host_site
from tests.support.ports import own_port
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.services import ticket_settings
from ticketdesk.web.build_widget import build_widget

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    build_widget()


@dataclass(frozen=True, slots=True)
class Door:
    """Where the door's process answers, and its database."""

    url: str
    database: str


@pytest.fixture(scope="session")
def _open_door(
    worker_id: str, tmp_path_factory: pytest.TempPathFactory, _own_databases: None
) -> Iterator[Door]:
    """One process for all files of this worker: its start takes longer than most tests."""
    port = own_port()
    url = f"http://localhost:{port}"
    data = tmp_path_factory.mktemp("door")
    with (
        databases.copy_of_template(f"door_{worker_id}") as address,
        captcha_peer() as peer,
    ):
        own = {
            "PORT": str(port),
            "TICKETDESK_BASE_URL": url,
            "TICKETDESK_DATA_DIR": str(data),
            "DATABASE_URL": address,
            "TEST_CAPTCHA_PEER": peer,
            # The machine stands in for a proxy, so that visitors may come from many addresses.
            "TICKETDESK_TRUSTED_PROXIES": "127.0.0.1,::1",
        }
        output = (data / "door.out").open("w")
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "asgi"),
                *("--host", "127.0.0.1", "--port", str(port), "tests.support.door_app:app"),
            ],
            env={**os.environ, **own},
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            eventually(lambda: _answers(process, url), f"the door answers; see {output.name}")
            yield Door(url, address)
        finally:
            process.terminate()
            process.wait(20)
            output.close()


@pytest.fixture(scope="module")
def _door(_open_door: Door) -> Iterator[str]:
    """The tests of a file look into the door's own database."""
    with databases.pointed_at(_open_door.database):
        yield _open_door.url


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    assert process.poll() is None
    try:
        return httpx.get(f"{url}/eclipse-ticket-widget.js", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def door(_door: str, redis: Any, ada: Actor) -> Iterator[str]:
    """The desk's address; limits start at nothing and acme's form at its defaults."""
    yield _door
    change = {"embedConfig": DEFAULTS, "files": {"maxFileBytes": 25 * 2**20}}
    unit_of_work.as_actor(ada, ticket_settings.change, change)


DEFAULTS: dict[str, Any] = {
    "customFields": [],
    "categoryTranslations": {},
    "captcha": "auto",
    "requirePhone": False,
    "allowedSites": [],
    "allowAnonymous": True,
}


@pytest.fixture
def set_form(door: str, ada: Actor) -> Callable[..., object]:
    """Change acme's form for one test."""
    return lambda **embed: unit_of_work.as_actor(
        ada, ticket_settings.change, {"embedConfig": embed}
    )


@pytest.fixture
def shop(door: str) -> Iterator[HostSite]:
    """Somebody else's site."""
    with host_site(door) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield running
        running.close()


class Complaints(list[str]):
    """What a page wrote to its console as an error, policy violations included."""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page: `open_page(width=390, color_scheme="dark")`; errors in it fail the test,
    but for a `refused="…"` that the test is about."""
    complaints = Complaints()
    contexts = []

    def open_one(width: int = 1280, height: int = 800, refused: str = "", **options: Any) -> Page:
        options = {"reduced_motion": "reduce"} | options
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and "Failed to load resource" not in message.text
                and not (refused and message.text.startswith(refused))
                and complaints.append(message.text)
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
