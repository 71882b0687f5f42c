"""What a page holds belongs to whoever filled it, and its variables to the handlers."""

from collections.abc import Iterator

import httpx
import redis
import reflex as rx
from reflex.state import UpdateVarsInternalState

from tests.security.shapes import handlers
from tests.security.stranger import Stranger, session_of
from tests.support.desk import Desk
from ticketdesk.state.page_token import page_token
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket_list import TicketListState

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


def test_a_second_page_of_a_session_gets_a_token_of_its_own(running: Desk) -> None:
    session = session_of(running, "grace@acme.example")
    first, second = (Stranger(running.url, session, "token-in-use") for _ in range(2))
    second.mark()
    assert any("new_token" in frame for frame in second.heard)
    first.close()
    second.close()


def test_whoever_brings_a_page_token_without_the_cookie_gets_an_empty_page(running: Desk) -> None:
    owner = list_page(running, "grace", token="token-of-grace")
    thief = Stranger(running.url, token="token-of-grace")
    subject = newest(running)[1]["subject"]
    assert subject in owner.settle()

    for name, parameters in handlers().items():
        if not parameters or name.endswith(".hydrate_and_load"):
            thief.call(name)
    assert_told_nothing(thief, subject)
    assert not any("new_token" in frame for frame in thief.heard)
    owner.close()


def test_what_the_owner_of_a_page_token_hears_reaches_nobody_else_with_it(running: Desk) -> None:
    token = "token-that-watches"
    thieves = [Stranger(running.url, token=token)]
    owner = list_page(running, "grace", token=token)
    thieves.append(Stranger(running.url, token=token))
    bo = session_of(running, "bo@globex.example")
    thieves.append(Stranger(running.url, bo, token))
    owner.settle()

    ticket = reprioritise(running)
    owner.hear("ticket_list_state")
    owner.close()
    for thief in thieves:
        assert_told_nothing(thief, ticket["subject"])


def assert_told_nothing(thief: Stranger, subject: str) -> None:
    said = thief.settle()
    thief.close()
    assert subject not in said
    assert "grace@acme.example" not in said


def variables(state: type[rx.State]) -> set[str]:
    """The names of a State's own variables, private ones too, with one of its many slots."""
    inherited = set() if state is rx.State else set(rx.State.get_fields())
    names = set(state.get_fields()) - inherited | {"router", "router_data"}
    return {name for name in names if not name.startswith("row_") or name == "row_0"}


def test_no_variable_can_be_set_by_its_name(running: Desk) -> None:
    session = session_of(running, "grace@acme.example")
    page = Stranger(running.url, session, "token-that-sets")
    kept_as = page_token("token-that-sets", session)
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
        keys = [key for key in kept.scan_iter(f"*{kept_as}*") if kept.type(key) == b"string"]
        assert any(b"shell_state" in key for key in keys)
        assert [key for key in keys if PLANTED.encode() in (kept.get(key) or b"")] == []
    page.close()
