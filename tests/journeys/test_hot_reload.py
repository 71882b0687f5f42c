"""`make dev`: a changed page reaches the open browser by itself."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.cast import PASSWORD
from tests.support.desk import ROOT, Desk

SOURCES = ("ticketdesk", "assets", "alembic", "embed_widget", "reflex.lock")
BUILDS = (".web/node_modules", "embed_widget/node_modules")
"""What the packages' names and versions alone decide: linked, as copying it takes long."""


@pytest.fixture(scope="module")
def developing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A developer's desk on a copy of the sources, which the test may change."""
    copy = tmp_path_factory.mktemp("developing") / "checkout"
    copy.mkdir()
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, copy)
    for name in SOURCES:
        left_out = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    for name in BUILDS:
        shutil.copytree(ROOT / name, copy / name, copy_function=_link, symlinks=True)
    desk = Desk(copy / ".data", verb="dev", root=copy)
    desk.start()
    yield desk
    desk.signal(signal.SIGINT)


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def test_a_changed_page_shows_in_the_open_browser(developing: Desk, browser) -> None:
    page: Page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{developing.url}/login")
    page.get_by_label("Email").fill("grace@acme.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("[data-row]").first.wait_for()

    navigation = developing.root / "ticketdesk" / "components" / "navigation.py"
    text = navigation.read_text(encoding="utf-8")
    assert '"Dashboard"' in text
    navigation.write_text(text.replace('"Dashboard"', '"Cockpit"'), encoding="utf-8")

    expect(page.get_by_role("link", name="Cockpit")).to_be_visible(timeout=90_000)
    page.locator("[data-row]").first.wait_for()
    page.close()
