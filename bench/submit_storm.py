"""200 submissions a second offered to one organization for 30 s: every answer right, nothing lost.

The desk trusts this machine as a proxy, so that the senders have addresses of their own and the
organization's limit is what is met. By hand against a desk that runs like that:
`python -m bench.submit_storm http://localhost:8000 30`.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from bench.installation import Installation
from bench.results import Result, at_least, at_most
from bench.startup import started

RATE, SECONDS = 200, 30
PASSWORD = "ticketdesk-demo"
_NEWS = 60.0  # seconds for the first and for the last of the news
_LIST_P95 = 2000  # milliseconds: a list that is read meanwhile still feels alive


@dataclass(slots=True)
class Storm:
    """What came of the submissions.

    Answers by status, tickets there are, reads of the staff list (s), tickets that an open page
    heard of.
    """

    offered: int
    answers: Counter[int]
    tickets: int
    took: float
    lists: list[float] = field(default_factory=list)
    heard: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    unhurried: int = 0

    @property
    def wrong(self) -> int:
        """Return how many answers were neither 201 nor 429."""
        return self.answers.total() - self.answers[201] - self.answers[429]

    @property
    def lost(self) -> int:
        """Return by how many the tickets and the promises of tickets differ."""
        return abs(self.answers[201] - self.tickets)

    @property
    def list_p95(self) -> float:
        """Return the staff list's p95 in milliseconds."""
        return 1000 * sorted(self.lists)[len(self.lists) * 19 // 20]


def run(installation: Installation) -> Iterable[Result]:
    """Storm the demo desk for 30 s; BENCH_SCALE shortens it."""
    seconds = max(2, round(SECONDS * min(1, installation.scale)))
    folder = installation.folder / "storm"
    with started(folder, TICKETDESK_TRUSTED_PROXIES="127.0.0.1,::1", WEB_WORKERS="1") as (url, _):
        _without_captcha(url)
        found = asyncio.run(storm(url, seconds))
    details = {"answers": dict(found.answers), "seconds": round(found.took, 1)}
    yield Result(f"submissions offered in {seconds} s", found.offered, "", details=details)
    yield Result("taken as tickets", found.answers[201], "", details=details)
    yield at_most("answered neither 201 nor 429", found.wrong, 0, "", details)
    yield at_most("tickets lost or made twice", found.lost, 0, "", details)
    yield at_most("refusals without Retry-After", found.unhurried, 0, "")
    unheard = found.answers[201] - found.heard
    yield at_most("new tickets that an open page did not hear of", unheard, 0, "")
    yield at_least("reads of the staff list meanwhile", len(found.lists), seconds / 2, "")
    yield at_most("staff list meanwhile, p95", found.list_p95, _LIST_P95, "ms")


def _without_captcha(url: str) -> None:
    """Let the organization's own limit be what is met, not the proof asked for before it."""
    who = {"email": "ada@acme.example", "password": PASSWORD}
    with httpx.Client(base_url=url, timeout=60) as desk:
        token = desk.post("/api/auth/login", json=who).raise_for_status().json()["token"]
        desk.patch(
            "/api/organization/settings",
            json={"embedConfig": {"captcha": "off"}},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()


async def storm(base: str, seconds: int, rate: int = RATE) -> Storm:
    """Offer the submissions at a steady rate and watch the staff list meanwhile."""
    limits = httpx.Limits(max_connections=300)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        staff = await _staff(client)
        before = await _total(client, staff)
        found = Storm(rate * seconds, Counter(), 0, 0.0)
        watching = asyncio.create_task(_watch(client, staff, found.lists))
        listening = asyncio.create_task(_listen(client, staff, found))
        async with asyncio.timeout(_NEWS):
            await found.ready.wait()
        began = time.perf_counter()
        sending = []
        for number in range(found.offered):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            sending.append(asyncio.create_task(_submit(client, number, found)))
        await asyncio.gather(*sending)
        found.took = time.perf_counter() - began
        watching.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_NEWS):
                while found.heard < found.answers[201]:
                    found.news.clear()
                    await found.news.wait()
        listening.cancel()
        found.tickets = await _total(client, staff) - before
    return found


async def _submit(client: httpx.AsyncClient, number: int, found: Storm) -> None:
    body = {
        "organizationId": "acme",
        "requesterName": "Storm",
        "requesterEmail": f"storm{number}@example.com",
        "subject": f"Storm {number}",
        "description": "Offered by a benchmark.",
    }
    sender = f"198.18.{number // 250 % 250}.{number % 250}"
    headers = {"X-Forwarded-For": sender}
    answer = await client.post("/api/embed/tickets/submit", json=body, headers=headers)
    found.answers[answer.status_code] += 1
    found.unhurried += answer.status_code == 429 and "Retry-After" not in answer.headers


async def _staff(client: httpx.AsyncClient) -> dict[str, str]:
    who = {"email": "grace@acme.example", "password": PASSWORD}
    token = (await client.post("/api/auth/login", json=who)).json()["token"]
    return {"Authorization": f"Bearer {token}"}


async def _total(client: httpx.AsyncClient, staff: dict[str, str]) -> int:
    answer = await client.get("/api/tickets/export", params={"q": "Storm"}, headers=staff)
    return max(0, len(answer.text.strip().splitlines()) - 1)


async def _listen(client: httpx.AsyncClient, staff: dict[str, str], found: Storm) -> None:
    """Hear what an agent's open list hears."""
    async with client.stream("GET", "/api/events", headers=staff, timeout=None) as answer:
        async for line in answer.aiter_lines():
            if line == "event: ready":
                found.ready.set()
            elif line == "event: ticket:created":
                found.heard += 1
                found.news.set()


async def _watch(client: httpx.AsyncClient, staff: dict[str, str], lists: list[float]) -> None:
    while True:
        began = time.perf_counter()
        answer = await client.get("/api/tickets?limit=50", headers=staff)
        answer.raise_for_status()
        lists.append(time.perf_counter() - began)
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    done = asyncio.run(storm(sys.argv[1], int(sys.argv[2])))
    print(f"answers {dict(done.answers)}, tickets {done.tickets}, {done.took:.1f} s")
    print(f"staff list meanwhile: {len(done.lists)} reads, p95 {done.list_p95:.0f} ms")
    sys.exit(0 if done.wrong == done.lost == 0 else 1)
