"""The documentation, the health checks and the limit per caller."""

import asyncio
import re

import pytest
from limits import parse

from tests.api.callers import refused
from ticketdesk.api import rate_limit
from ticketdesk.api.app import api
from ticketdesk.api.health import metrics_token


def test_the_documentation_loads_nothing_from_elsewhere(nobody) -> None:
    page = nobody.get("/api/docs")

    assert page.status_code == 200
    icon, *links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert icon == "/favicon.svg"
    assert len(links) == 3
    for link in links:
        assert link.startswith("/api/docs/")
        assert nobody.get(link).status_code == 200
    assert "http" not in page.headers["Content-Security-Policy"]


def test_the_documents_routes_describe_their_failures_and_show_examples(nobody) -> None:
    document = nobody.get("/api/openapi.json").json()

    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method.upper()} {path}"
            assert operation.get("summary"), where
            assert {"422", "503"} <= set(operation["responses"]), where
            assert "example" in str(operation), where


def test_the_document_is_made_beside_the_event_loop_and_as_soon_as_the_viewer_opens(
    nobody, monkeypatch
) -> None:
    made = []

    def openapi() -> dict:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        made.append("here")
        return {}

    monkeypatch.setattr(api, "openapi", openapi)
    assert nobody.get("/api/openapi.json").json() == {}
    assert nobody.head("/api/openapi.json").status_code == 200
    assert len(made) == 2
    nobody.get("/api/docs")
    assert len(made) == 3


def test_the_specifications_routes_are_there(nobody) -> None:
    paths = nobody.get("/api/openapi.json").json()["paths"]

    for route in (
        "GET /api/tickets", "POST /api/tickets", "GET /api/tickets/{ticket_id}",
        "PATCH /api/tickets/{ticket_id}", "DELETE /api/tickets/{ticket_id}",
        "GET /api/tickets/{ticket_id}/responses", "POST /api/tickets/{ticket_id}/responses",
        "POST /api/tickets/{ticket_id}/assign", "PATCH /api/tickets/{ticket_id}/status",
        "GET /api/tickets/{ticket_id}/activities", "GET /api/tickets/stats",
        "GET /api/tickets/export", "GET /api/organization/settings",
        "PATCH /api/organization/settings", "GET /api/events", "GET /api/users",
    ):  # fmt: skip
        method, path = route.split()
        assert method.lower() in paths[path], route


def test_health_is_open_to_everybody(nobody) -> None:
    assert nobody.get("/healthz").json() == {"success": True}
    # Balancers ask without wanting to read.
    assert [nobody.head(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    ready = nobody.get("/readyz")
    assert ready.status_code == 200, ready.text
    assert set(ready.json()["checks"]) >= {"database", "migrations", "redis", "storage"}


def test_metrics_are_for_this_machine_or_the_token(nobody) -> None:
    # The test client's address is a name, so it counts as elsewhere.
    refused(nobody.get("/metrics"), 403, "forbidden")
    wrong = nobody.get("/metrics", headers={"Authorization": "Bearer tdm_wrong"})
    refused(wrong, 403, "forbidden")

    answer = nobody.get("/metrics", headers={"Authorization": f"Bearer {metrics_token()}"})

    assert answer.status_code == 200
    assert "ticketdesk_outbox_waiting" in answer.text


def test_a_runaway_script_is_slowed_down_and_others_are_not(agent, calling, monkeypatch) -> None:
    monkeypatch.setattr(rate_limit, "PER_CALLER", parse("3 per minute"))
    linus = calling("linus")

    answers = [agent.get("/api/users") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused(answers[-1], 429, "too_many_requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    assert linus.get("/api/users").status_code == 200


def test_without_redis_the_desk_goes_on(agent, monkeypatch) -> None:
    from redis import ConnectionError as RedisIsAway

    class Away:
        def hit(self, *_key: object) -> bool:
            raise RedisIsAway("connection refused")

    monkeypatch.setattr(rate_limit, "_limiter", lambda _address: Away())

    assert agent.ticket()["ticketNumber"] == 1001


def test_a_request_id_is_given_or_kept(nobody) -> None:
    assert nobody.get("/api/tickets").headers["X-Request-Id"]
