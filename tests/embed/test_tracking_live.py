"""What a tracking page hears while it stands open."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from tests.embed.tracked import SUBMIT, path, write
from ticketdesk import unit_of_work
from ticketdesk.public import tracking_live
from ticketdesk.services.tickets.merge import MergeTickets, merge

CHANGED = "event: changed\ndata: {}\n\n"
BEAT = ": still here\n\n"
READER = "203.0.113.7"


@pytest.fixture
async def listen(cast, ticket):
    """Open the stream of the ticket: `listen(seen)`; it is closed after the test."""
    opened = []

    def start(seen: str = "", address: str = READER) -> AsyncIterator[str]:
        answer = tracking_live.stream(cast.acme, ticket["id"], address=address, seen=seen)
        opened.append(answer.body_iterator)
        return answer.body_iterator

    yield start
    for stream in opened:
        await stream.aclose()


async def digest(visitor, ticket) -> str:
    return re.search(r'data-digest="(\w+)"', (await visitor.get(path(ticket))).text).group(1)


async def heard(stream) -> str:
    return await asyncio.wait_for(anext(stream), 30)


async def news_of(stream) -> str:
    while (line := await heard(stream)) == BEAT:
        pass
    return line


async def test_what_came_before_the_page_listened_is_told_at_once(
    visitor, ticket, listen, grace
) -> None:
    seen = await digest(visitor, ticket)
    write(grace, ticket, "In between.")
    stream = listen(seen)

    assert (await heard(stream)).startswith("retry:")
    assert await heard(stream) == CHANGED


async def test_a_reply_is_told_and_a_note_is_not(
    visitor, ticket, listen, grace, monkeypatch
) -> None:
    monkeypatch.setattr(tracking_live, "_HEARTBEAT", 0.1)
    stream = listen(await digest(visitor, ticket))
    await heard(stream)
    write(grace, ticket, "Nobody outside reads this.", is_internal=True)
    silence = [await heard(stream) for _ in range(3)]
    write(grace, ticket, "Please try again.")

    assert silence == [BEAT] * 3
    assert await news_of(stream) == CHANGED


async def test_after_a_merge_the_other_tickets_news_are_told(
    visitor, ticket, body, listen, grace
) -> None:
    target = (await visitor.post(SUBMIT, json=body | {"subject": "Again"})).json()["ticket"]
    stream = listen(await digest(visitor, ticket))
    await heard(stream)
    merging = MergeTickets.parse({"sourceTicketIds": [ticket["id"]]})
    unit_of_work.as_actor(grace, merge, target["id"], merging)
    assert await news_of(stream) == CHANGED
    write(grace, target, "To both.")

    assert await news_of(stream) == CHANGED


async def test_one_reader_cannot_take_every_place(cast, ticket, listen, monkeypatch) -> None:
    monkeypatch.setattr(tracking_live, "MOST_FROM", 1)
    await heard(listen())
    refused = tracking_live.stream(cast.acme, ticket["id"], address=READER)
    other = tracking_live.stream(cast.acme, ticket["id"], address="198.51.100.9")

    assert refused.status_code == 503
    assert other.status_code == 200
