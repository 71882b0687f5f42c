"""200 submissions a second offered to one organization: every answer right, nothing lost.

Offered over HTTP to a running desk: `python -m bench.submit_storm http://localhost:8000 30`. The
desk must trust this machine as a proxy (TICKETDESK_TRUSTED_PROXIES=127.0.0.1), so that the
senders have addresses of their own and the organization's limit is what is met.
"""

import asyncio
import sys
import time
from collections import Counter

import httpx

RATE = 200  # submissions a second
PASSWORD = "ticketdesk-demo"


async def storm(base: str, seconds: int) -> bool:
    """Offer the submissions, watch the staff list meanwhile; whether all is as promised."""
    limits = httpx.Limits(max_connections=300)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        staff = await _staff(client)
        before = await _total(client, staff)
        lists: list[float] = []
        watching = asyncio.create_task(_watch(client, staff, lists))
        began = time.perf_counter()
        sending = []
        for number in range(RATE * seconds):
            await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            sending.append(asyncio.create_task(_submit(client, number)))
        codes = Counter(await asyncio.gather(*sending))
        watching.cancel()
        after = await _total(client, staff)
    lists.sort()
    print(f"answers {dict(codes)}, tickets {after - before}, {time.perf_counter() - began:.1f} s")
    p95 = 1000 * lists[len(lists) * 19 // 20]
    print(f"staff list meanwhile: {len(lists)} reads, p95 {p95:.0f} ms")
    return set(codes) <= {201, 429} and after - before == codes[201]


async def _submit(client: httpx.AsyncClient, number: int) -> int:
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
    return answer.status_code


async def _staff(client: httpx.AsyncClient) -> dict[str, str]:
    who = {"email": "grace@acme.example", "password": PASSWORD}
    token = (await client.post("/api/auth/login", json=who)).json()["token"]
    return {"Authorization": f"Bearer {token}"}


async def _total(client: httpx.AsyncClient, staff: dict[str, str]) -> int:
    answer = await client.get("/api/tickets/export", params={"q": "Storm"}, headers=staff)
    return max(0, len(answer.text.strip().splitlines()) - 1)


async def _watch(client: httpx.AsyncClient, staff: dict[str, str], lists: list[float]) -> None:
    while True:
        began = time.perf_counter()
        answer = await client.get("/api/tickets?limit=50", headers=staff)
        assert answer.status_code == 200
        lists.append(time.perf_counter() - began)
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    kept = asyncio.run(storm(sys.argv[1], int(sys.argv[2])))
    sys.exit(0 if kept else 1)
