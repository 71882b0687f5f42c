"""`Idempotency-Key` on every create (contract.md, REST)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.callers import refused, ticket_body

KEY = {"headers": {"Idempotency-Key": "order-4711"}}


def test_the_same_key_and_body_give_the_same_answer_once(agent) -> None:
    first = agent.post("/api/tickets", ticket_body(), **KEY)
    again = agent.post("/api/tickets", ticket_body(), **KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.headers["ETag"] == again.headers["ETag"]
    assert agent.get("/api/tickets").json()["total"] == 1


def test_the_same_key_with_another_body_is_a_conflict(agent) -> None:
    agent.post("/api/tickets", ticket_body(), **KEY)

    answer = agent.post("/api/tickets", ticket_body(subject="Another"), **KEY)

    refused(answer, 409, "idempotency_key_reused")
    assert agent.get("/api/tickets").json()["total"] == 1


def test_a_key_belongs_to_its_caller_and_its_route(agent, calling, with_key) -> None:
    ticket = agent.post("/api/tickets", ticket_body(), **KEY).json()["ticket"]
    calling("linus").post("/api/tickets", ticket_body(), **KEY)
    with_key("write", name="Twin").post("/api/tickets", ticket_body(), **KEY)
    with_key("write", name="Twin").post("/api/tickets", ticket_body(), **KEY)
    reply = agent.post(f"/api/tickets/{ticket['id']}/responses", {"content": "Hello"}, **KEY)

    assert reply.status_code == 201
    assert agent.get("/api/tickets").json()["total"] == 4


def test_a_reply_is_written_once(agent) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}/responses"

    first = agent.post(path, {"content": "Hello"}, **KEY)
    again = agent.post(path, {"content": "Hello"}, **KEY)

    assert first.json() == again.json()
    assert len(agent.get(path).json()["responses"]) == 1


def test_a_failed_create_leaves_its_key_free(agent) -> None:
    refused(agent.post("/api/tickets", ticket_body(assignedToId="x"), **KEY), 404, "not_found")

    assert agent.post("/api/tickets", ticket_body(), **KEY).status_code == 201


def test_ten_at_once_with_one_key_make_one_ticket(agent) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda _: agent.post("/api/tickets", ticket_body(), **KEY), range(10))
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["ticket"]["id"] for answer in answers}) == 1
    assert agent.get("/api/tickets").json()["total"] == 1


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_1_to_255_characters(agent, key: str) -> None:
    answer = agent.post("/api/tickets", ticket_body(), headers={"Idempotency-Key": key})

    refused(answer, 422, "validation_error")


def test_a_new_api_keys_token_is_repeated_but_never_stored_readable(admin, database) -> None:
    from sqlalchemy import text

    from ticketdesk import db

    body = {"name": "Billing", "scopes": ["read"]}
    first = admin.post("/api/api-keys", body, **KEY).json()
    again = admin.post("/api/api-keys", body, **KEY).json()

    assert first == again
    with db.system_session() as session:
        kept = session.execute(text("SELECT answer::text FROM idempotency_keys")).scalar_one()
    assert first["token"] not in kept
