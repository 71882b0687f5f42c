"""What a page holds belongs to whoever filled it, and its variables to the handlers."""

from collections.abc import Iterator
from functools import partial

import httpx
import pytest
import redis
import reflex as rx
from reflex.state import UpdateVarsInternalState

from tests.security.shapes import handlers
from tests.security.stranger import Stranger, session_of
from tests.support.desk import Desk, eventually
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import TicketListState

pytestmark = pytest.mark.xdist_group("journeys")

PLANTED = "planted-by-a-stranger"


def named(state: type[rx.State], handler: str) -> str:
    return f"{state.get_full_name()}.{handler}"


def states() -> Iterator[type[rx.State]]:
    def below(cls: type[rx.State]) -> Iterator[type[rx.State]]:
        yield cls
        for child in cls.get_substates():
            yield from below(child)

    yield from below(rx.State)


def list_page(desk: Desk, first_name: str, token: str = "") -> Stranger:
    """A page with the ticket list of somebody who works here."""
    page = Stranger(desk.url, session_of(desk, f"{first_name}@acme.example"), token)
    page.call(named(ShellState, "load"))
    page.call(named(TicketListState, "load"))
    return page


def come_with(desk: Desk, token: str) -> Stranger | None:
    """Open a page with somebody's token and no cookie; None while the token is still in use."""
    page = Stranger(desk.url, token=token)
    page.mark()
    if any("new_token" in frame for frame in page.heard):
        page.close()
        return None
    return page


def newest(desk: Desk) -> tuple[httpx.Client, dict]:
    client = desk.sign_in()
    answer = client.get("/api/tickets", params={"limit": 1, "sort": "-updatedAt", "status": "OPEN"})
    return client, answer.json()["tickets"][0]


def reprioritise(desk: Desk) -> dict:
    """Change a ticket at the top of everybody's list; its subject is what a list would tell."""
    client, ticket = newest(desk)
    other = "LOW" if ticket["priority"] != "LOW" else "HIGH"
    answer = client.patch(f"/api/tickets/{ticket['id']}", json={"priority": other})
    assert answer.status_code == 200, answer.text
    return ticket


def test_a_page_token_in_use_gives_a_second_page_a_token_of_its_own(running: Desk) -> None:
    owner = list_page(running, "grace", token="token-in-use")
    assert newest(running)[1]["id"] in owner.settle()
    assert come_with(running, "token-in-use") is None
    owner.close()


def test_whoever_brings_a_page_token_without_the_cookie_gets_an_empty_page(running: Desk) -> None:
    owner = list_page(running, "grace", token="token-of-grace")
    subject = newest(running)[1]["subject"]
    assert subject in owner.settle()
    owner.close()

    thief = eventually(partial(come_with, running, "token-of-grace"), "the token is free again")
    for name, parameters in handlers().items():
        if not parameters or name.endswith(".hydrate_and_load"):
            thief.call(name)
    said = thief.settle()
    thief.close()
    assert subject not in said
    assert "grace@acme.example" not in said


def test_a_refresh_of_a_page_whose_token_somebody_else_took_tells_them_nothing(
    running: Desk,
) -> None:
    owner = list_page(running, "grace", token="token-that-watches")
    witness = list_page(running, "linus")
    owner.settle()
    witness.settle()
    owner.close()
    # It says nothing that would make the server look at its cookie.
    thief = eventually(partial(quietly_come, running, "token-that-watches"), "the token is free")

    ticket = reprioritise(running)
    witness.hear("ticket_list_state")
    said = thief.settle()
    thief.close()
    witness.close()
    assert ticket["subject"] not in said
    assert "grace@acme.example" not in said


def quietly_come(desk: Desk, token: str) -> Stranger | None:
    page = Stranger(desk.url, token=token)
    page.ping()
    if any("new_token" in frame for frame in page.heard):
        page.close()
        return None
    return page


def variables(state: type[rx.State]) -> set[str]:
    """The names of a State's own variables, private ones too, with one of its many slots."""
    inherited = set() if state is rx.State else set(rx.State.get_fields())
    names = set(state.get_fields()) - inherited | {"router", "router_data"}
    return {name for name in names if not name.startswith("row_") or name == "row_0"}


def test_no_variable_can_be_set_by_its_name(running: Desk) -> None:
    page = Stranger(running.url, session_of(running, "grace@acme.example"), "token-that-sets")
    page.call(named(ShellState, "load"))
    for state in states():
        whole = state.get_full_name()
        for name in sorted(variables(state)):
            page.call(f"{whole}.setvar", {"var_name": name, "value": PLANTED})
            page.call(f"{whole}.set_{name}", {"value": PLANTED})
            page.call(
                named(UpdateVarsInternalState, "update_vars_internal"),
                {"vars": {f"{whole}.{name}": PLANTED}},
            )
        page.mark()
    page.call(named(rx.State, "hydrate_and_load"), {"vars": {}})
    said = page.settle()

    assert "grace@acme.example" in said
    # The one that a page may set: it says of itself that it was drawn.
    assert PLANTED not in said.replace(f'"is_hydrated_rx_state_": "{PLANTED}"', "")
    with redis.Redis.from_url(running.addresses()[1]) as kept:
        keys = [key for key in kept.scan_iter("*token-that-sets*") if kept.type(key) == b"string"]
        assert any(b"shell_state" in key for key in keys)
        assert [key for key in keys if PLANTED.encode() in (kept.get(key) or b"")] == []
    page.close()
