"""Several web processes at one port: a page may be at any of them, and its colleagues at others."""

import signal
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest
from simple_websocket import ConnectionClosed

from tests.security.stranger import Stranger, session_of
from tests.security.test_websocket_pages import list_page, newest, reprioritise
from tests.support.desk import Desk, eventually

PAGES = 12
MANY = 200


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("two") / "data", web_workers=2)
    desk.start()
    yield desk
    desk.signal(signal.SIGTERM)


@pytest.fixture
def pages(two_workers: Desk) -> Iterator[list[Stranger]]:
    opened: list[Stranger] = []
    # Which process takes a connection is the kernel's choice: until both have taken some.
    while len(opened) < PAGES or len(workers(two_workers)) < 2:
        assert len(opened) < MANY, "one process takes them all"
        opened.append(list_page(two_workers, "linus", f"page-{len(opened)}"))
    for page in opened:
        page.settle()
    yield opened
    for page in opened:
        with suppress(ConnectionClosed):
            page.close()


def workers(desk: Desk) -> list[psutil.Process]:
    """The processes that hold a page's connection."""
    web = psutil.Process(desk.children()["web"])
    return [
        process
        for process in web.children(recursive=True)
        if any(
            c.status == psutil.CONN_ESTABLISHED and c.laddr.port == desk.port
            for c in process.net_connections("tcp")
        )
    ]


def test_a_change_reaches_the_pages_at_every_process(
    two_workers: Desk, pages: list[Stranger]
) -> None:
    ticket = reprioritise(two_workers)

    for page in pages:
        page.hear("ticket_list_state")
        assert ticket["subject"] in page.settle()


def test_when_one_process_is_killed_its_pages_come_back_right_at_the_others(
    two_workers: Desk, pages: list[Stranger]
) -> None:
    killed = workers(two_workers)[0]
    killed.kill()
    killed.wait(10)
    subject = newest(two_workers)[1]["subject"]

    session = session_of(two_workers, "linus@acme.example")
    again = Stranger(two_workers.url, session, "page-0")
    again.call("reflex___state____state.hydrate_and_load", {"vars": {}})
    assert subject in again.settle()
    again.close()
    eventually(two_workers.is_ready, "both at work")
