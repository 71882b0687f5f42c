"""From a change to the pages that show it."""

import asyncio
from types import SimpleNamespace

import pytest

from ticketdesk.realtime import AT_ONCE, LATER, SOON, Dispatcher, Refresh, Registry
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import TicketListState

ROWS = Refresh(TicketListState.refresh, within=0.01)
COUNTS = Refresh(ShellState.refresh, within=0.02)


class App:
    """A Reflex app's queue and open sockets."""

    def __init__(self, *here: str) -> None:
        self.queued: list[tuple[str, str]] = []
        self.cookies: list[str] = []
        sockets = {token: SimpleNamespace(instance_id="this", sid=f"of {token}") for token in here}
        tokens = SimpleNamespace(instance_id="this", token_to_socket=sockets)
        self.event_namespace = SimpleNamespace(
            _token_manager=tokens,
            _static_router_data={
                f"of {token}": {"headers": {"cookie": f"cookie of {token}"}} for token in here
            },
        )
        self.event_processor = self

    async def enqueue(self, token, event):
        self.cookies.append(event.router_data["headers"]["cookie"])
        self.queued.append((token, event.name.rpartition(".")[0].rpartition("____")[2]))


async def settled():
    """Wait until every planned refresh has been queued or dropped."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))


@pytest.fixture
def pages():
    registry = Registry()
    registry.watch("grace", {"ticket:org": [ROWS, COUNTS]})
    registry.watch("linus", {"ticket:org": [ROWS], "ticket:7": [ROWS]})
    return registry


async def test_each_page_that_follows_a_channel_reads_again(pages):
    app = App("grace", "linus")
    Dispatcher(app, pages).happened("ticket:org")
    await settled()
    assert sorted(app.queued) == [
        ("grace", "shell_state"),
        ("grace", "ticket_list_state"),
        ("linus", "ticket_list_state"),
    ]


async def test_many_changes_within_a_blink_make_one_refresh(pages):
    app = App("grace", "linus")
    dispatcher = Dispatcher(app, pages)
    for _ in range(50):
        dispatcher.happened("ticket:7")
        dispatcher.happened("ticket:org")
    await settled()
    assert app.queued.count(("linus", "ticket_list_state")) == 1


async def test_a_change_after_a_refresh_began_makes_another(pages):
    app = App("linus")
    dispatcher = Dispatcher(app, pages)
    for _ in range(2):
        dispatcher.happened("ticket:7")
        await settled()
    assert app.queued == [("linus", "ticket_list_state")] * 2


async def test_a_page_that_went_away_is_forgotten(pages):
    app = App("grace")
    dispatcher = Dispatcher(app, pages)
    dispatcher.happened("ticket:7")
    await settled()
    assert app.queued == []
    assert "linus" not in pages.by_token
    assert "ticket:7" not in pages.by_channel


async def test_a_refresh_carries_the_cookie_of_whoever_is_at_the_page_now(pages):
    app = App("linus")
    Dispatcher(app, pages).happened("ticket:7")
    await settled()
    assert app.cookies == ["cookie of linus"]


async def test_a_page_that_still_joins_is_not_refreshed_and_not_forgotten(pages):
    app = App("linus")
    app.event_namespace._static_router_data.clear()
    Dispatcher(app, pages).happened("ticket:7")
    await settled()
    assert app.queued == []
    assert "linus" in pages.by_token


async def test_after_a_gap_everybody_reads_again(pages):
    app = App("grace", "linus")
    Dispatcher(app, pages).everything()
    await settled()
    assert {token for token, _ in app.queued} == {"grace", "linus"}


def test_a_page_follows_exactly_what_it_asked_for_last(pages):
    pages.watch("linus", {"ticket:8": [ROWS]})
    assert pages.followers("ticket:7") == []
    assert pages.followers("ticket:8") == [("linus", ROWS)]


async def test_the_first_change_after_a_while_waits_less_than_those_that_follow(pages):
    dispatcher = Dispatcher(App("linus"), pages)
    usual = Refresh(TicketListState.refresh)
    key = ("linus", "refresh")
    assert dispatcher._wait(key, usual) == AT_ONCE
    dispatcher._ran[key] = asyncio.get_running_loop().time()
    assert dispatcher._wait(key, usual) == SOON
    assert dispatcher._wait(("linus", "counts"), Refresh(ShellState.refresh, LATER)) == LATER
