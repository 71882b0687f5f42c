"""`/api/events`: every change told to staff, resumable, ending with the session."""

import asyncio

import pytest

from tests.api.callers import refused
from tests.api.streams import open_stream
from ticketdesk import unit_of_work
from ticketdesk.api import events
from ticketdesk.api.app import api
from ticketdesk.services import auth

PATH = "/api/events"


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEAT", 0.05)
    monkeypatch.setattr(events, "CHECKED_EVERY", 0.05)


async def test_a_change_is_told_with_identifiers_and_names_only(agent) -> None:
    async with open_stream(api, PATH, agent.authorization) as stream:
        assert (await stream.event())["event"] == "ready"
        ticket = await asyncio.to_thread(agent.ticket, subject="A secret subject")
        told = await stream.event()

    assert stream.headers["content-type"].startswith("text/event-stream")
    assert told["event"] == "ticket:created"
    assert told["data"]["ticketId"] == ticket["id"]
    assert told["data"]["id"] == told["id"]
    assert "A secret subject" not in str(told)


async def test_a_stream_goes_on_where_it_broke_off(agent) -> None:
    async with open_stream(api, PATH, agent.authorization) as stream:
        place = (await stream.event())["id"]
    first = await asyncio.to_thread(agent.ticket)
    second = await asyncio.to_thread(agent.ticket)

    async with open_stream(api, PATH, agent.authorization) as stream:
        await stream.event()
        third = await asyncio.to_thread(agent.ticket)
        place = (await stream.event())["id"]
    await asyncio.to_thread(agent.reply, third, "Hello")

    async with open_stream(api, PATH, agent.authorization, last_event_id=place) as stream:
        assert (await stream.event())["event"] == "ready"
        assert (await stream.event())["event"] == "ticket:response:added"
    assert first["id"] != second["id"]


@pytest.mark.parametrize("last_id", ["1-0", "99999999999999-0", "nonsense"])
async def test_what_is_not_known_any_more_is_a_reset(agent, last_id: str) -> None:
    await asyncio.to_thread(agent.ticket)

    async with open_stream(api, PATH, agent.authorization, last_event_id=last_id) as stream:
        assert (await stream.event())["event"] == "reset"
        await asyncio.to_thread(agent.ticket)
        assert (await stream.event())["event"] == "ticket:created"


async def test_after_redis_forgot_everything_the_stream_resets(agent, redis) -> None:
    async with open_stream(api, PATH, agent.authorization) as stream:
        await stream.event()
        await asyncio.to_thread(agent.ticket)
        place = (await stream.event())["id"]
    redis.flushdb()

    async with open_stream(api, PATH, agent.authorization, last_event_id=place) as stream:
        assert (await stream.event())["event"] == "reset"


async def test_another_organization_hears_nothing(agent, stranger) -> None:
    async with open_stream(api, PATH, stranger.authorization) as stream:
        await stream.event()
        await asyncio.to_thread(agent.ticket)
        with pytest.raises(TimeoutError):
            await stream.event(within=0.3)


async def test_a_revoked_session_ends_its_stream(agent) -> None:
    credential = unit_of_work.Credential(bearer=agent.authorization.removeprefix("Bearer "))
    async with open_stream(api, PATH, agent.authorization) as stream:
        await stream.event()
        await asyncio.to_thread(unit_of_work.call, credential, auth.sign_out)
        told = await stream.event()
        await asyncio.wait_for(stream.ended.wait(), 5)

    assert (told["event"], told["data"]["code"]) == ("end", "unauthenticated")


async def test_customers_hear_nothing(customer) -> None:
    answer = await asyncio.to_thread(customer.get, PATH)

    refused(answer, 403, "forbidden")


async def test_streams_are_counted_per_caller_and_given_back(agent, monkeypatch) -> None:
    monkeypatch.setattr(events, "MOST", 1)
    async with open_stream(api, PATH, agent.authorization) as stream:
        await stream.event()
        answer = await asyncio.to_thread(agent.get, PATH)
        refused(answer, 429, "too_many_requests")

    async with open_stream(api, PATH, agent.authorization) as stream:
        assert (await stream.event())["event"] == "ready"
