"""Responses, assignment, status and history over HTTP."""

import pytest

from tests.api.callers import refused


def test_the_specifications_reply_is_answered_as_it_says(agent) -> None:
    ticket = agent.ticket()
    body = {
        "content": "Hi John, I've reset your password. Please check your email.",
        "isInternal": False,
        "statusChange": "IN_PROGRESS",
    }

    answer = agent.post(f"/api/tickets/{ticket['id']}/responses", body)

    made = answer.json()
    assert answer.status_code == 201
    assert made["success"] is True
    assert made["response"]["id"].startswith("resp_")
    assert made["response"]["content"] == body["content"]
    assert made["response"]["author"]["name"] == "Grace Hopper"
    assert made["response"]["author"]["email"] == "grace@acme.example"
    assert made["response"]["createdAt"].endswith("Z")
    assert made["ticket"]["status"] == "IN_PROGRESS"
    assert made["ticket"]["firstResponseAt"] == made["response"]["createdAt"]


def test_a_note_is_for_staff_only_and_answers_nobody(agent, customer) -> None:
    ticket = agent.ticket(requesterEmail="jane@customer.example")
    made = agent.reply(ticket, "She called twice.", isInternal=True)

    assert made["ticket"]["firstResponseAt"] is None
    assert made["ticket"]["status"] == "NEW"
    assert len(agent.get(f"/api/tickets/{ticket['id']}/responses").json()["responses"]) == 1
    assert customer.get(f"/api/tickets/{ticket['id']}/responses").json()["responses"] == []


def test_messages_come_oldest_first_a_page_at_a_time(agent) -> None:
    ticket = agent.ticket()
    for number in range(5):
        agent.reply(ticket, f"Message {number}")
    path = f"/api/tickets/{ticket['id']}/responses?limit=2"

    seen, cursor = [], ""
    while cursor is not None:
        page = agent.get(f"{path}&cursor={cursor}" if cursor else path).json()
        seen += [response["content"] for response in page["responses"]]
        cursor = page["nextCursor"]

    assert seen == [f"Message {number}" for number in range(5)]


def test_a_reply_stops_when_a_newer_message_has_arrived(agent, customer) -> None:
    ticket = agent.ticket(requesterEmail="jane@customer.example")
    newer = customer.reply(ticket, "It works again!")["response"]

    answer = agent.post(
        f"/api/tickets/{ticket['id']}/responses",
        {"content": "Please try again.", "latestResponseId": None},
    )

    assert refused(answer, 409, "newer_message")["responseId"] == newer["id"]


def test_html_is_kept_without_what_could_run(agent) -> None:
    made = agent.reply(
        agent.ticket(),
        '<p onclick="x()">Hi<script>alert(1)</script><img src=x onerror=alert(1)></p>',
        contentFormat="html",
    )

    content = made["response"]["content"]
    assert "Hi" in content
    assert not any(bad in content for bad in ("script", "onclick", "onerror"))


def test_assign_takes_an_agent_me_and_nobody(agent, cast) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}/assign"

    for wanted, expected in (
        (cast.linus.user_id, cast.linus.user_id),
        ("me", cast.grace.user_id),
        (None, None),
    ):
        answer = agent.post(path, {"assignedToId": wanted})
        assert answer.status_code == 200
        assert answer.json()["ticket"]["assignedToId"] == expected


def test_a_ticket_is_assigned_to_no_customer_and_to_nobody_elsewhere(agent, cast) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}/assign"

    refused(
        agent.post(path, {"assignedToId": cast.jane.user_id}),
        422,
        "validation_error",
        "assignedToId",
    )
    refused(agent.post(path, {"assignedToId": cast.bo.user_id}), 404, "not_found", "assignedToId")
    refused(agent.post(path, {}), 422, "validation_error", "assignedToId")


def test_a_move_comes_with_a_public_comment(agent) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"

    answer = agent.patch(f"{path}/status", {"status": "RESOLVED", "comment": "Fixed."})

    assert answer.json()["ticket"]["status"] == "RESOLVED"
    assert agent.get(f"{path}/responses").json()["responses"][0]["content"] == "Fixed."


def test_a_refused_move_names_the_allowed_ones(agent) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}/status"
    agent.patch(path, {"status": "CLOSED"})

    error = refused(agent.patch(path, {"status": "RESOLVED"}), 409, "status_move_refused")

    assert error["allowed"] == ["OPEN"]
    assert "OPEN" in error["message"]


def test_the_history_tells_who_changed_what(agent, calling) -> None:
    ticket = agent.ticket()
    calling("linus").patch(f"/api/tickets/{ticket['id']}", {"priority": "URGENT"})

    history = agent.get(f"/api/tickets/{ticket['id']}/activities").json()["activities"]

    assert [line["activityType"] for line in history] == ["CREATED", "PRIORITY_CHANGED"]
    assert history[1]["performedByName"] == "Linus Torvalds"
    assert history[1]["changes"] == {"priority": {"before": "MEDIUM", "after": "URGENT"}}


@pytest.mark.parametrize("kind", ["responses", "activities"])
def test_a_cursor_that_is_not_ours_is_malformed(agent, kind: str) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}/{kind}"

    for cursor in ("nonsense", "W10", "WyIyMDI2IiwgMV0", "eyJhIjoxfQ"):
        refused(agent.get(f"{path}?cursor={cursor}"), 400, "malformed")
