"""A ticket's page in the portal hears of answers while it stands open, and of nothing else."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial

import pytest

from tests.api.callers import token_of
from tests.public.portal_visits import signed_in, ticket, visitor
from ticketdesk import unit_of_work
from ticketdesk.public import tracking_live
from ticketdesk.services import auth
from ticketdesk.services.portal import thread
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.respond import respond
from ticketdesk.unit_of_work import Credential

__all__ = ["signed_in", "ticket", "visitor"]

CHANGED = "event: changed\ndata: {}\n\n"


def write(actor, ticket, text: str, *, note: bool = False) -> None:
    command = AddResponse(content=text, is_internal=note)
    unit_of_work.as_actor(actor, respond, ticket.id, command)


async def heard(stream: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(stream), 30)


@pytest.fixture
async def stream(ticket, jane, redis):
    credential = Credential(session_token=token_of(jane))
    read = partial(unit_of_work.call, credential, thread.read, str(ticket.ticket_number))
    answer = tracking_live.stream_of(read, address="203.0.113.9")
    yield answer.body_iterator
    await answer.body_iterator.aclose()


async def test_an_answer_is_told_and_a_note_is_not(stream, ticket, grace, monkeypatch) -> None:
    monkeypatch.setattr(tracking_live, "_HEARTBEAT", 0.1)
    assert (await heard(stream)).startswith("retry:")
    await asyncio.to_thread(write, grace, ticket, "Nobody outside reads this.", note=True)
    said = {await heard(stream) for _ in range(3)}
    assert CHANGED not in said

    await asyncio.to_thread(write, grace, ticket, "Try another bulb.")
    while (line := await heard(stream)) != CHANGED:
        assert line.startswith(":")


async def test_the_stream_ends_with_the_session(stream, ticket, jane, grace) -> None:
    await heard(stream)
    unit_of_work.across(auth.revoke_all, jane.user_id)
    await asyncio.to_thread(write, grace, ticket, "Too late.")
    with pytest.raises(StopAsyncIteration):
        await heard(stream)


async def test_nobody_listens_to_a_ticket_that_is_not_theirs(visitor, signed_in, ticket, omar):
    path = f"/portal/tickets/{ticket.ticket_number}/events"
    assert (await visitor.get(path)).status_code == 403
    assert (await signed_in(omar).get(path)).status_code == 404


async def test_the_page_says_what_it_shows(signed_in, ticket, jane, grace) -> None:
    client, path = signed_in(jane), f"/portal/tickets/{ticket.ticket_number}"
    shown = [re.search(r'data-digest="(\w+)"', (await client.get(path)).text).group(1)]
    await asyncio.to_thread(write, grace, ticket, "Try another bulb.")
    shown.append(re.search(r'data-digest="(\w+)"', (await client.get(path)).text).group(1))
    assert shown[0] != shown[1]
