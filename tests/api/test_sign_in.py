"""Signing in and out, and what a credential is worth."""

import pytest

from tests.api.callers import Caller, refused, ticket_body
from tests.api.conftest import ORIGIN
from tests.support.cast import PASSWORD

JANE = {"email": "jane@customer.example", "password": PASSWORD}
GRACE = {"email": "grace@acme.example", "password": PASSWORD}


def test_the_right_password_gives_a_token_that_works(nobody) -> None:
    answer = nobody.post("/api/auth/login", json=GRACE)

    body = answer.json()
    assert answer.status_code == 200
    assert body["success"] is True
    assert body["user"]["email"] == "grace@acme.example"
    assert body["user"]["role"] == "AGENT"
    me = nobody.get("/api/auth/me", headers={"Authorization": f"Bearer {body['token']}"})
    assert me.json()["user"] == body["user"]


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(nobody) -> None:
    wrong = nobody.post("/api/auth/login", json=GRACE | {"password": "not-the-password"})
    unknown = nobody.post("/api/auth/login", json=GRACE | {"email": "nobody@acme.example"})

    refused(wrong, 401, "wrong_credentials")
    assert wrong.json() == unknown.json()


def test_many_failed_tries_have_to_wait(nobody) -> None:
    for _ in range(5):
        nobody.post("/api/auth/login", json=GRACE | {"password": "not-the-password"})

    answer = nobody.post("/api/auth/login", json=GRACE)

    refused(answer, 429, "locked_out")
    assert int(answer.headers["Retry-After"]) > 0


def test_signing_out_ends_the_session_at_once(nobody, agent) -> None:
    assert agent.post("/api/auth/logout").json() == {"success": True}

    refused(agent.get("/api/tickets"), 401, "unauthenticated")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer tds_unknown", "Bearer tdk_unknown", "Basic QTpC"]
)
def test_without_a_valid_credential_nothing_is_answered(nobody, header: str) -> None:
    answer = nobody.get("/api/tickets", headers={"Authorization": header})

    refused(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_credential_is_looked_at_before_the_request(nobody) -> None:
    answer = nobody.post("/api/tickets?nonsense=1", content=b"{", headers={})

    refused(answer, 401, "unauthenticated")


def test_an_api_key_says_who_it_is(with_key) -> None:
    body = with_key("read", "write").get("/api/auth/me").json()

    assert body["kind"] == "API_KEY"
    assert body["user"] is None
    assert body["apiKey"]["name"] == "Integration"
    assert body["apiKey"]["scopes"] == ["read", "write"]


def test_an_inbound_key_reads_nothing(with_key) -> None:
    refused(with_key("inbound").get("/api/tickets"), 403, "forbidden")


def test_the_browsers_cookie_reads(nobody, agent) -> None:
    token = agent.authorization.removeprefix("Bearer ")

    answer = nobody.get("/api/tickets", headers={"Cookie": f"ticketdesk_session={token}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://localhost:8001"])
def test_the_browsers_cookie_writes_from_our_own_pages_only(
    nobody, agent, origin: str | None
) -> None:
    headers = {"Cookie": f"ticketdesk_session={agent.authorization.removeprefix('Bearer ')}"}
    if origin:
        headers["Origin"] = origin

    answer = nobody.post("/api/tickets", json=ticket_body(), headers=headers)

    refused(answer, 403, "foreign_origin")


def test_the_browsers_cookie_writes_from_our_own_page(nobody, agent) -> None:
    token = agent.authorization.removeprefix("Bearer ")
    headers = {"Cookie": f"ticketdesk_session={token}", "Origin": ORIGIN}

    assert nobody.post("/api/tickets", json=ticket_body(), headers=headers).status_code == 201


def test_a_bearer_token_writes_from_anywhere(agent: Caller) -> None:
    headers = {"Origin": "https://evil.example"}

    assert agent.post("/api/tickets", ticket_body(), headers=headers).status_code == 201


def test_failed_sign_ins_are_counted_against_the_peer_not_against_what_it_claims(
    nobody, redis
) -> None:
    for number in range(3):
        nobody.post(
            "/api/auth/login",
            json={"email": f"guess{number}@acme.example", "password": "not-the-password"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )

    counted = [key.decode() for key in redis.keys("*sign-in-from*")]
    assert counted
    assert not any("203.0.113" in key for key in counted)
