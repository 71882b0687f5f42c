"""Clients that carry somebody's credential, and the bodies they send."""

from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from ticketdesk import clock, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import Session
from ticketdesk.services.auth import LASTS
from ticketdesk.services.credentials import SESSION_PREFIX
from ticketdesk.services.secrets import new_token, token_hash


def token_of(actor: Actor) -> str:
    """Return the token of a fresh session of a member, without the slow password check."""
    token = new_token(SESSION_PREFIX)
    now = clock.now()

    def keep(session: Any) -> None:
        session.add(
            Session(
                id=new_id("session"),
                organization_id=actor.organization_id,
                user_id=actor.user_id,
                token_hash=token_hash(token),
                expires_at=now + LASTS,
                last_seen_at=now,
            )
        )

    unit_of_work.across(keep)
    return token


class Caller:
    """A client whose every request carries the same `Authorization`."""

    def __init__(self, client: TestClient, authorization: str) -> None:
        self.client = client
        self.authorization = authorization

    def request(self, method: str, path: str, **options: Any) -> Response:
        """Send one request."""
        headers = {"Authorization": self.authorization, **options.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Response:
        """Read."""
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Response:
        """Send JSON."""
        return self.request("POST", path, json=body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> Response:
        """Change."""
        return self.request("PATCH", path, json=body, **options)

    def delete(self, path: str, **options: Any) -> Response:
        """Delete."""
        return self.request("DELETE", path, **options)

    def ticket(self, **values: Any) -> dict[str, Any]:
        """Create a ticket and return it."""
        made = self.post("/api/tickets", ticket_body(**values))
        assert made.status_code == 201, made.text
        return made.json()["ticket"]

    def reply(self, ticket: dict[str, Any], content: str, **values: Any) -> dict[str, Any]:
        """Add a response to a ticket and return the answer."""
        body = {"content": content, **values}
        made = self.post(f"/api/tickets/{ticket['id']}/responses", body)
        assert made.status_code == 201, made.text
        return made.json()


def ticket_body(**values: Any) -> dict[str, Any]:
    """Return a body that creates a ticket."""
    return {
        "requesterName": "John Doe",
        "requesterEmail": "john@example.com",
        "subject": "Cannot access billing dashboard",
        "description": "The page stays white.",
        **values,
    }


def refused(response: Response, status: int, code: str, *fields: str) -> dict[str, Any]:
    """Check that an answer is a failure of the one shape, and return its facts."""
    assert response.status_code == status, response.text
    body = response.json()
    assert body["success"] is False
    assert body["error"]["code"] == code
    assert body["error"]["message"]
    assert set(fields) <= set(body["error"].get("fields", {}))
    return body["error"]
