"""The desk in a real browser: opening a ticket, seeing a change, making one, nothing that jumps."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep, time

import httpx
import psycopg
from playwright.sync_api import Page, sync_playwright
from sqlmodel import Session, col, select

from bench.installation import Installation, Sized, connected_to
from bench.results import Result, at_most
from bench.startup import started
from bench.timing import Times, of
from tests.support.browser import chromium_path
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor, system_actor
from ticketdesk.models import Organization, Ticket
from ticketdesk.models.enums import TicketPriority
from ticketdesk.runtime.ports import free_port
from ticketdesk.services.secrets import hash_password
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update

OPENINGS, CHANGES, LOADS, WARM_UP = 40, 30, 15, 3
_PASSWORD = "ticketdesk-demo"
_ROOT = Path(__file__).parents[1]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

_SCRIPT = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
"""Gives `window.bench`: `open`, `watch`, `pick` and `shift`, each timed to the next paint."""


def run(installation: Installation) -> Iterable[Result]:
    """Measure on the demo, then the list's first rows at 1k and 1M tickets."""
    folder = installation.folder / "browser"
    with started(folder, WEB_WORKERS="1") as (url, _), connected_to(folder), _browser() as browse:
        page = browse(url, "grace@acme.example")
        opened = of([_open(page, number) for number in range(OPENINGS + WARM_UP)][WARM_UP:])
        yield _fast("open a ticket from the list (p95)", opened, 150)
        seen = of([*_changes(page)][WARM_UP:])
        yield _fast("a change → painted in another browser (p95)", seen, 60)
        own = of([_own(page, number) for number in range(CHANGES + WARM_UP)][WARM_UP:])
        yield _fast("one's own change → painted (p95)", own, 50)
        shift = float(page.evaluate("bench.shift()"))
        yield at_most("layout shift meanwhile (sum of CLS)", shift, 0.01, "")
    yield from _sizes(installation)


def _fast(name: str, times: Times, limit: float) -> Result:
    return at_most(name, times.p95, limit, "ms", times.facts())


def _open(page: Page, number: int) -> float:
    """Click a row, wait until its conversation is painted, and go back."""
    rows = page.locator("[data-row]")
    taken = float(page.evaluate("row => bench.open(row)", number % min(rows.count(), 20)))
    page.keyboard.press("u")
    rows.first.wait_for()
    sleep(0.3)
    return taken


def _changes(page: Page) -> Iterator[float]:
    """Change a ticket of the list elsewhere and give the time until its row is painted anew."""
    number, actor, ticket_id = unit_of_work.across(_newest)
    draw, last = random.Random(1), TicketPriority.MEDIUM
    for _ in range(CHANGES + WARM_UP):
        last = draw.choice([priority for priority in TicketPriority if priority != last])
        page.evaluate("([n, words]) => bench.watch(n, words)", [number, f"{last.title()} priority"])
        unit_of_work.as_actor(actor, update, ticket_id, UpdateTicket(priority=last))
        began = time() * 1000
        yield float(page.evaluate("bench.seen")) - began
        sleep(1.2)


def _newest(session: Session) -> tuple[int, Actor, str]:
    organization_id = session.exec(select(Organization.id).where(Organization.slug == "acme")).one()
    ticket = session.exec(
        select(Ticket)
        .where(Ticket.organization_id == organization_id, Ticket.status == "NEW")
        .order_by(col(Ticket.updated_at).desc())
    ).first()
    assert ticket
    return ticket.ticket_number, system_actor(organization_id, "Bench"), ticket.id


def _own(page: Page, number: int) -> float:
    """Pick another priority on a ticket's screen and give the time until it stands there."""
    if number == 0:
        page.locator("[data-row-link]").first.click()
        # The list has a control of this name, too.
        page.locator(".facts").get_by_role("combobox", name="Priority", exact=True).wait_for()
    page.keyboard.press("p")
    page.get_by_role("listbox", name="Priority").wait_for()
    wanted = "Low" if number % 2 else "High"
    taken = float(page.evaluate("words => bench.pick(words)", wanted))
    sleep(0.4)
    return taken


def _sizes(installation: Installation) -> Iterable[Result]:
    sizes = installation.sizes
    small, large = next(iter(sizes)), next(reversed(sizes))
    taken: dict[str, Times] = {}
    for name in (small, large):
        with _serving(installation, sizes[name]) as url, _browser() as browse:
            page = browse(url, "agent1@org-0.example")
            taken[name] = of([_load(page, url) for _ in range(LOADS + WARM_UP)][WARM_UP:])
    growth = taken[large].median / taken[small].median
    details = {name: times.facts() for name, times in taken.items()}
    yield at_most(f"list, address → first rows: {small} → {large}", growth, 1.5, "times", details)
    yield Result(f"list, address → first rows, at {large} (median)", taken[large].median, "ms")


def _load(page: Page, url: str) -> float:
    began = perf_counter()
    page.goto(f"{url}/app/tickets?sort=createdAt")
    page.locator("ul[aria-busy=false] [data-row]").first.wait_for()
    taken = (perf_counter() - began) * 1000
    # Elsewhere meanwhile, so that the rows are not there already.
    page.goto(f"{url}/healthz")
    return taken


@contextmanager
def _serving(installation: Installation, sized: Sized) -> Iterator[str]:
    """Serve a filled database, whose agent may sign in."""
    with psycopg.connect(installation.address(sized.database)) as connection:
        connection.execute(
            "UPDATE users SET password_hash = %s WHERE id = %s",
            [hash_password(_PASSWORD), sized.agent_id],
        )
    port = free_port()
    url = f"http://localhost:{port}"
    environment = os.environ | {
        "DATABASE_URL": installation.address(sized.database),
        "REDIS_URL": str(installation.servers.redis_url),
        "TICKETDESK_SECRET_KEY": installation.servers.secret_key.decode(),
        "TICKETDESK_BASE_URL": url,
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    log = (installation.folder / f"web-{sized.database}.log").open("wb")
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-m", "ticketdesk", "web"],
            cwd=_ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = perf_counter() + 60
    while perf_counter() < end and server.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            sleep(0.1)
    raise RuntimeError("The web server did not start.")


@contextmanager
def _browser() -> Iterator[Callable[[str, str], Page]]:
    """Give a way to open the list in a browser, signed in."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)

        def browse(url: str, email: str) -> Page:
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(_SCRIPT)
            page.goto(f"{url}/login")
            page.get_by_label("Email").fill(email)
            page.get_by_label("Password").fill(_PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.locator("[data-row]").first.wait_for()
            page.wait_for_load_state("networkidle")
            return page

        yield browse
        chromium.close()
