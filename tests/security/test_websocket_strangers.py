"""Every event handler, called over a real websocket by people it is not for."""

import re
from collections.abc import Iterator

import httpx
import psycopg
import pytest
import simple_websocket

from tests.security.acme_rows import Rows, nobody_else_works
from tests.security.shapes import handlers, payloads
from tests.security.stranger import Stranger, session_of
from tests.support.desk import Desk
from ticketdesk.state.shell import ShellState

STRANGERS = {
    "nobody": "",
    "customer": "jane@customer.example",
    "foreign admin": "bo@globex.example",
}
_OWN_WORDS = {"jane@customer.example", "Jane Smith", "Acme Support"}
_MACHINERY = re.compile(
    r"Traceback|\b\w*(?:Error|Exception)\b|\b(?:NotFound|Forbidden|Invalid|Malformed|Conflict)\("
    r"|SELECT |INSERT |UPDATE |psycopg|sqlalchemy|reflex_base|site-packages|\w/\w+\.py\b"
    r"|positional argument|NoneType"
)


@pytest.fixture(scope="module")
def acme(running: Desk) -> Iterator[Rows]:
    """Acme's rows; it has a key and a webhook as well."""
    ada = running.sign_in("ada@acme.example")
    made = ada.post("/api/api-keys", json={"name": "Of the strangers' test", "scopes": ["read"]})
    assert made.status_code == 201, made.text
    with psycopg.connect(running.addresses()[0], autocommit=True) as connection:
        rows = Rows(connection, "acme")
        connection.execute(
            "INSERT INTO webhooks (id, created_at, organization_id, url, description, events,"
            " sealed_secret, is_active, version) VALUES ('webhook_stranger', now(), %s,"
            " 'http://localhost:9/acme', '', '{}', '', false, 1) ON CONFLICT DO NOTHING",
            [rows.id],
        )
        yield rows
        connection.execute("DELETE FROM webhooks WHERE id = 'webhook_stranger'")


@pytest.fixture(scope="module")
def globex(running: Desk) -> Iterator[Rows]:
    """The other organization's rows."""
    with psycopg.connect(running.addresses()[0], autocommit=True) as connection:
        yield Rows(connection, "globex")


def call_everything(page: Stranger, ids: dict[str, str]) -> None:
    for name, parameters in handlers().items():
        thing = "chats" if "chat" in name else "tickets"
        path = f"/app/{thing}/{ids[thing]}"
        for payload in payloads(name, parameters, ids):
            page.call(name, payload, path)
        page.mark()


def name_of(desk: Desk, session: str) -> str:
    page = Stranger(desk.url, session)
    page.call(f"{ShellState.get_full_name()}.load")
    said = page.settle()
    page.close()
    return said


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_who_calls_every_handler_changes_and_learns_nothing(
    who: str, running: Desk, acme: Rows, globex: Rows
) -> None:
    session = session_of(running, STRANGERS[who])
    ids = acme.some_ids()
    own = acme.user_id(STRANGERS[who])
    secrets = acme.secrets(but_of=own) - globex.secrets() - set(ids.values()) - _OWN_WORDS
    assert {"tickets", "chats", "ticket_attachments", "api_keys", "webhooks", "users"} <= set(ids)
    page = Stranger(running.url, session)
    with nobody_else_works(running):
        before = acme.digests(but_of=own)
        call_everything(page, ids)
        said = page.settle()
        after = acme.digests(but_of=own)
    page.close()

    assert {table for table in after if after[table] != before[table]} == set()
    assert sorted(secret for secret in secrets if secret in said)[:10] == []
    assert _MACHINERY.findall(said)[:10] == []
    # It was refused as this person to the end, and not because the session was over.
    assert STRANGERS[who] in name_of(running, session)


@pytest.mark.parametrize(
    "body",
    [
        (),
        (None,),
        ("{not json",),
        ([],),
        (7,),
        ({},),
        ({"name": "no.such_state.handler"},),
        ({"name": 7, "payload": [], "router_data": "x"},),
        ({"name": None, "payload": {}, "router_data": None},),
    ],
)
def test_a_malformed_event_tells_nothing_of_the_inside(body: tuple, running: Desk) -> None:
    page = Stranger(running.url)
    page.say(*body)
    page.say({"error_type": "x", "message": "y" * 1000}, event="client_error")
    try:
        said = page.settle()
    except simple_websocket.ConnectionClosed as closed:
        said = f"{closed.message}\n" + "\n".join(page.heard)
    assert _MACHINERY.findall(said) == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://localhost:1"])
def test_a_foreign_page_gets_no_websocket(origin: str, running: Desk) -> None:
    session = session_of(running, "grace@acme.example")
    with pytest.raises((simple_websocket.ConnectionError, simple_websocket.ConnectionClosed)):
        Stranger(running.url, session, origin=origin)


def test_a_foreign_page_gets_no_polling_either(running: Desk) -> None:
    answer = httpx.get(
        f"{running.url}/_event/?EIO=4&transport=polling&token=t",
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 404
    assert "sid" not in answer.text


def test_our_own_page_gets_a_websocket(running: Desk) -> None:
    page = Stranger(running.url, session_of(running, "grace@acme.example"))
    page.mark()
    page.close()


@pytest.mark.parametrize("path", ["/_event", "/_event/"])
def test_a_plain_request_to_the_websockets_address_is_sent_nowhere(
    running: Desk, path: str
) -> None:
    answer = httpx.get(f"{running.url}{path}", headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "evil" not in answer.text + str(answer.headers)
