"""Chats over HTTP: fed in by another system, and turned into tickets."""

import re

import pytest

from tests.api.callers import refused

CHAT = {"title": "Login", "customerName": "Jane Smith", "customerEmail": "jane@example.com"}


@pytest.fixture
def chat(agent) -> dict:
    """A chat with a question of the customer's, a bot's and an agent's answer."""
    made = agent.post("/api/chats", CHAT | {"externalId": "c-1"}).json()["chat"]
    for role, content in (("USER", "I can't login"), ("BOT", "Try again"), ("AGENT", "I'll look")):
        answer = agent.post(
            f"/api/chats/{made['id']}/messages",
            {"role": role, "content": content, "clientId": content},
        )
        assert answer.status_code == 201, answer.text
    return made


def test_the_specifications_example_makes_a_ticket(agent, chat, cast) -> None:
    answer = agent.post(
        f"/api/tickets/from-chat/{chat['id']}",
        {
            "subject": "Login issue - requires investigation",
            "priority": "HIGH",
            "category": "Technical",
            "includeTranscript": True,
            "includeAttachments": True,
            "autoAssignToAgent": True,
            "tags": ["escalated-from-chat"],
        },
    )

    ticket = answer.json()["ticket"]
    assert answer.status_code == 201
    assert (ticket["status"], ticket["priority"], ticket["source"]) == ("NEW", "HIGH", "CHAT")
    assert ticket["subject"] == "Login issue - requires investigation"
    assert (ticket["requesterName"], ticket["requesterEmail"]) == ("Jane Smith", "jane@example.com")
    assert ticket["originChatId"] == chat["id"]
    assert ticket["assignedToId"] == cast.grace.user_id
    first, *blocks = ticket["description"].split("\n\n")
    stamp = r"\[[A-Z][a-z]{2} \d{2}, \d{4} \d{2}:\d{2}\]"
    assert re.fullmatch(rf"\[Chat Transcript\]\n{stamp} Customer: I can't login", first)
    assert re.fullmatch(rf"{stamp} Bot: Try again", blocks[0])
    assert re.fullmatch(rf"{stamp} Agent: I'll look", blocks[1])
    tickets = agent.get(f"/api/chats/{chat['id']}").json()["chat"]["tickets"]
    assert [made["id"] for made in tickets] == [ticket["id"]]


def test_without_a_body_everything_is_taken_from_the_chat(agent, chat) -> None:
    answer = agent.post(f"/api/tickets/from-chat/{chat['id']}")

    assert answer.status_code == 201, answer.text
    assert answer.json()["ticket"]["subject"] == CHAT["title"]


def test_a_repeat_of_another_system_is_harmless(agent, chat) -> None:
    again = agent.post("/api/chats", CHAT | {"externalId": "c-1"}).json()["chat"]
    message = {"role": "USER", "content": "I can't login", "clientId": "I can't login"}
    agent.post(f"/api/chats/{chat['id']}/messages", message)

    assert again["id"] == chat["id"]
    said = agent.get(f"/api/chats/{chat['id']}/messages").json()["messages"]
    assert [line["content"] for line in said] == ["I can't login", "Try again", "I'll look"]


def test_messages_come_a_page_at_a_time(agent, chat) -> None:
    path = f"/api/chats/{chat['id']}/messages?limit=2"
    first = agent.get(path).json()
    rest = agent.get(f"{path}&cursor={first['nextCursor']}").json()

    assert [len(first["messages"]), len(rest["messages"]), rest["nextCursor"]] == [2, 1, None]


def test_chats_are_listed_and_closed(agent, chat) -> None:
    agent.patch(f"/api/chats/{chat['id']}", {"isClosed": True})

    assert agent.get("/api/chats?status=OPEN").json()["chats"] == []
    assert [c["id"] for c in agent.get("/api/chats?status=CLOSED").json()["chats"]] == [chat["id"]]


def test_an_empty_chat_and_one_without_an_address_make_no_ticket(agent) -> None:
    empty = agent.post("/api/chats", CHAT).json()["chat"]
    refused(agent.post(f"/api/tickets/from-chat/{empty['id']}", {}), 409, "empty_chat")

    silent = agent.post("/api/chats", {"title": "x", "customerName": "x"}).json()["chat"]
    agent.post(f"/api/chats/{silent['id']}/messages", {"role": "USER", "content": "Hello"})
    answer = agent.post(f"/api/tickets/from-chat/{silent['id']}", {})
    refused(answer, 422, "validation_error", "requesterEmail")


def test_another_organizations_chat_is_missing(stranger, chat) -> None:
    for answer in (
        stranger.get(f"/api/chats/{chat['id']}"),
        stranger.get(f"/api/chats/{chat['id']}/messages"),
        stranger.post(f"/api/chats/{chat['id']}/messages", {"role": "USER", "content": "x"}),
        stranger.post(f"/api/tickets/from-chat/{chat['id']}", {}),
    ):
        refused(answer, 404, "not_found")
