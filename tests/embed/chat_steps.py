"""What a customer's page of the chat sends to the server."""

import uuid

from ticketdesk.services.chats.visitor import token as tokens

BASE = "/api/embed/chat"


def opening(**values):
    return {
        "organizationId": "acme",
        "key": uuid.uuid4().hex,
        "name": "Jane Smith",
        "email": "jane@example.com",
        "content": "I can't login",
        "clientId": uuid.uuid4().hex,
        **values,
    }


def line(content, **values):
    return {"organizationId": "acme", "content": content, "clientId": uuid.uuid4().hex, **values}


async def start(visitor, **values):
    """Open a conversation and return its headers and its chat's id."""
    answer = await visitor.post(f"{BASE}/start", json=opening(**values))
    assert answer.status_code == 201, answer.text
    token = answer.json()["token"]
    return {"Authorization": f"Bearer {token}"}, tokens.read(token).chat_id


async def history(visitor, headers, **query):
    answer = await visitor.get(
        f"{BASE}/messages", params={"organizationId": "acme"} | query, headers=headers
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    return answer.json()["error"]
