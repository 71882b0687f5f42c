"""From a change to other people's pages: delay, fan-out to a hundred, bytes sent, memory held."""

import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from time import perf_counter, sleep

import httpx
import psutil
import redis
from sqlmodel import Session, col, select

from bench.installation import Installation, connected_to
from bench.page import Page, settle
from bench.results import Result, at_most
from bench.startup import started
from bench.timing import Times, of
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor, system_actor
from ticketdesk.models import Organization, Ticket
from ticketdesk.models.enums import TicketPriority
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import TicketListState

MANY, CHANGES = 100, 20
_PASSWORD = "ticketdesk-demo"
_LIST = "ticket_list_state"


def run(installation: Installation) -> Iterable[Result]:
    """Run the demo desk; one page watches the list, then a hundred do."""
    folder = installation.folder / "live"
    with started(folder, WEB_WORKERS="1") as (url, _), connected_to(folder) as servers:
        session = _sign_in(url)
        changer = _Changer()
        with _pages(url, session, 1) as (page,):
            delays, sizes = _watch([page], changer)
            yield Result("change → another agent's page, 1 connected (median)", delays.median, "ms")
            yield Result("change → another agent's page, 1 connected (p95)", delays.p95, "ms")
            yield at_most("sent for a change of one row", max(sizes), 2048, "bytes")
        server = _web_process(url)
        before = _memory(server), _redis_memory(servers.redis_url)
        with _pages(url, session, MANY) as pages:
            after = _memory(server), _redis_memory(servers.redis_url)
            delays, _ = _watch(pages, changer)
            name = f"change → page, {MANY} connected"
            yield Result(f"{name}: each (median)", delays.median, "ms")
            yield Result(f"{name}: each (p95)", delays.p95, "ms")
            web, state = ((late - early) / MANY for early, late in zip(before, after, strict=True))
            yield Result("memory per connected agent, web process", web, "KB")
            yield Result("memory per connected agent, Redis", state, "KB")


class _Changer:
    """Changes the priority of a ticket at the top of everybody's list."""

    def __init__(self) -> None:
        self._actor, self._ticket_id = unit_of_work.across(_newest)
        self._draw = random.Random(1)
        self._last = TicketPriority.MEDIUM

    def change(self) -> float:
        """Make one change and return when it was committed and published."""
        others = [priority for priority in TicketPriority if priority != self._last]
        self._last = self._draw.choice(others)
        unit_of_work.as_actor(
            self._actor, update, self._ticket_id, UpdateTicket(priority=self._last)
        )
        return perf_counter()


def _newest(session: Session) -> tuple[Actor, str]:
    organization_id = session.exec(select(Organization.id).where(Organization.slug == "acme")).one()
    ticket_id = session.exec(
        select(Ticket.id)
        .where(Ticket.organization_id == organization_id, Ticket.status == "NEW")
        .order_by(col(Ticket.updated_at).desc())
    ).first()
    assert ticket_id
    return system_actor(organization_id, "Bench"), ticket_id


def _watch(pages: list[Page], changer: _Changer) -> tuple[Times, list[int]]:
    """Change again and again; return each page's delay and the bytes of the list's deltas."""
    delays: list[float] = []
    sizes: list[int] = []
    for _ in range(CHANGES):
        known = [len(page.frames) for page in pages]
        began = changer.change()
        for page, count in zip(pages, known, strict=True):
            frame = page.wait_until_said(_LIST, count)
            delays.append((frame.at - began) * 1000)
            sizes.append(frame.size)
        # The sidebar's counts follow within a second; the next change starts from quiet.
        sleep(1.2)
        settle(pages, 0.4)
    return of(delays), sizes


@contextmanager
def _pages(url: str, session: str, count: int) -> Iterator[list[Page]]:
    with ThreadPoolExecutor(20) as pool:
        pages = list(pool.map(lambda _: Page(url, session), range(count)))
    for handler, state in ((ShellState.load, "shell_state"), (TicketListState.load, _LIST)):
        for page in pages:
            page.send(handler)
        for page in pages:
            page.wait_until_said(state)
    settle(pages, 2)
    try:
        yield pages
    finally:
        for page in pages:
            page.close()


def _sign_in(url: str) -> str:
    answer = httpx.post(
        f"{url}/api/auth/login", json={"email": "grace@acme.example", "password": _PASSWORD}
    )
    answer.raise_for_status()
    return answer.json()["token"]


def _web_process(url: str) -> list[psutil.Process]:
    port = int(url.rsplit(":", 1)[1])
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(c.laddr.port == port for c in process.net_connections("tcp") if c.laddr):
                found.append(process)
    return found


def _memory(processes: list[psutil.Process]) -> float:
    """Return what the web server's processes hold for themselves, in KB."""
    return sum(process.memory_full_info().uss for process in processes) / 1024


def _redis_memory(url: str | None) -> float:
    with redis.Redis.from_url(str(url)) as client:
        return client.info("memory")["used_memory"] / 1024
